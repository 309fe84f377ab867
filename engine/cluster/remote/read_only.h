// What may pass to a remote cluster that is attached ReadOnly. Pure; whatever cannot be judged for certain is refused.
#pragma once

#include <string>

#include "engine/http/server.h"

namespace kates::cluster {

struct ReadOnlyVerdict {
    enum class Pass { Yes, No, ByBody } pass = Pass::No; // ByBody: a delete, which is a dry run only if its body says so
    std::string why;                                     // when No
};

// `path` as the remote API server will see it, encoded, behind the prefix of its URL. Passes: get, list and watch (not exec, attach, portforward and
// proxy, which are reads by name only), logs, writes with dryRun=All of whole objects and of status, scale and eviction, and the reviews of one's own
// rights.
[[nodiscard]] ReadOnlyVerdict judgeReadOnly(const http::Request& request, std::string_view path);

// Its query asks for a dry run, once and of everything.
[[nodiscard]] bool saysDryRun(const http::Query& query);

// Whether a delete with this body changes nothing: empty (then its query, already judged, counts) or JSON DeleteOptions with dryRun ["All"].
[[nodiscard]] bool isDryRunBody(const std::string& body, bool dryRunInQuery);

} // namespace kates::cluster
