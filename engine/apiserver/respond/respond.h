// Answers over HTTP: statuses, objects, lists and watches, in the form that the client accepts (JSON or YAML; the object, a Table row, or its
// metadata).
#pragma once

#include "engine/api/table.h"
#include "engine/apiserver/registry/registry.h"
#include "engine/apiserver/request/accept.h"
#include "engine/http/server.h"

namespace kates::apiserver {

// What shapes an answer, beside its content.
struct ResponseForm {
    AcceptedForm accepted;
    api::IncludeObject tableObjects = api::IncludeObject::Metadata;
    std::vector<std::string> warnings;
};
[[nodiscard]] api::ApiResult<ResponseForm> responseFormOf(const http::Request& request, const http::Query& query, bool tablesAndMetadata);

Task<void> respondStatus(http::Exchange& exchange, const api::StatusError& error);
Task<void> respondValue(http::Exchange& exchange, int code, api::Value value, ResponseForm form = {});
Task<void> respondText(http::Exchange& exchange, int code, std::string text, std::string contentType = "text/plain; charset=utf-8");
Task<void> respondAnswer(Loop& loop, http::Exchange& exchange, const ResourceRequest& request, Answer answer, ResponseForm form);
Task<void> respondList(Loop& loop, http::Exchange& exchange, const ResourceRequest& request, ListAnswer list, ResponseForm form);
// Until the watch ends, `timeout` has passed (zero: a default that differs from watch to watch) or the client goes.
Task<void> respondWatch(Loop& loop, http::Exchange& exchange, api::Scheme::KindPointer kind, std::shared_ptr<Watcher> watcher, Duration timeout,
    ResponseForm form);

// The object in another form, as a document.
[[nodiscard]] api::Value partialMetadata(const api::Value& object);

} // namespace kates::apiserver
