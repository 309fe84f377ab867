// A request for a resource, the same whether it came over HTTP or in process: what every verb takes.
#pragma once

#include <optional>

#include "engine/api/schema.h"
#include "engine/api/status.h"
#include "engine/apiserver/api_server.h"
#include "engine/apiserver/cache/selection.h"
#include "engine/client/client.h"
#include "engine/http/headers.h"

namespace kates::apiserver {

enum class FieldValidation { Ignore, Warn, Strict };

struct ResourceRequest {
    UserInfo user;
    api::Scheme::KindPointer kind;
    std::string verb;
    std::string ns, name, subresource;
    bool dryRun = false;
    bool force = false; // of a server-side apply
    std::string fieldManager;
    FieldValidation fieldValidation = FieldValidation::Warn;
    std::vector<std::string> warnings; // for the answer's Warning headers
    // What admission holds for this write until it is done: allocated addresses.
    std::vector<std::shared_ptr<void>> reservations;

    api::GroupResource resource() const { return {kind->group, kind->plural}; }
};

struct ListParameters {
    Selection selection;
    std::size_t limit = 0;
    std::string continueToken;
    std::string resourceVersion;
    std::string resourceVersionMatch;
};

struct WatchParameters {
    Selection selection;
    std::string resourceVersion;
    std::string resourceVersionMatch;
    bool bookmarks = false;
    std::optional<bool> sendInitialEvents;
    Duration timeout{};
};

struct DeleteParameters {
    std::optional<std::int64_t> gracePeriodSeconds;
    std::string propagationPolicy; // "", Orphan, Background, Foreground
    std::string preconditionUid, preconditionResourceVersion;
};

// From the query of a URL; an error is a 400 that names the parameter.
[[nodiscard]] api::ApiResult<Selection> readSelection(
    const api::KindDescription& kind, std::string_view labelSelector, std::string_view fieldSelector);
[[nodiscard]] api::ApiResult<ListParameters> readListParameters(const api::KindDescription& kind, const http::Query& query);
[[nodiscard]] api::ApiResult<WatchParameters> readWatchParameters(const api::KindDescription& kind, const http::Query& query);
[[nodiscard]] api::ApiResult<void> readWriteParameters(ResourceRequest& request, const http::Query& query);
// A DeleteOptions document and the query; the document wins.
[[nodiscard]] api::ApiResult<DeleteParameters> readDeleteParameters(ResourceRequest& request, const http::Query& query, const api::Value& body);
[[nodiscard]] std::optional<store::Revision> parseRevision(std::string_view text);

} // namespace kates::apiserver
