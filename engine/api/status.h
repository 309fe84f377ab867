// metav1.Status as an error: what every failed API request carries, with the reasons and wording of apimachinery's api/errors.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "engine/api/value.h"

namespace kates::api {

struct StatusCause {
    std::string reason; // FieldValueRequired, FieldValueInvalid, FieldValueNotSupported, FieldValueDuplicate, FieldValueForbidden …
    std::string message;
    std::string field; // spec.containers[0].name
};

struct StatusError {
    int code = 500;
    std::string reason; // NotFound, AlreadyExists, Conflict, Invalid …: the closed list of metav1.StatusReason
    std::string message;
    std::string group, kind, name, uid; // details; kind is the resource's plural for NotFound and so on, as upstream
    std::vector<StatusCause> causes;
    int retryAfterSeconds = 0;

    bool isNotFound() const { return reason == "NotFound"; }
    bool isConflict() const { return reason == "Conflict"; }
    bool isAlreadyExists() const { return reason == "AlreadyExists"; }
    bool isExpired() const { return reason == "Expired" || reason == "Gone"; }

    Value toValue() const; // a metav1.Status object
    static StatusError fromValue(const Value& status, int httpCode);
};

template <typename T> using ApiResult = tl::expected<T, StatusError>;
using ApiFailure = tl::unexpected<StatusError>;

// `resource` is "pods" or "deployments.apps".
struct GroupResource {
    std::string group;
    std::string resource;
    std::string toString() const { return group.empty() ? resource : resource + "." + group; }
};

[[nodiscard]] StatusError notFound(const GroupResource& resource, std::string_view name);
[[nodiscard]] StatusError alreadyExists(const GroupResource& resource, std::string_view name);
// What `conflict` says when the resourceVersion was stale.
inline constexpr std::string_view kObjectModified = "the object has been modified; please apply your changes to the latest version and try again";
[[nodiscard]] StatusError conflict(const GroupResource& resource, std::string_view name, std::string_view why);
// 422: `kind` is "Deployment" (or "Deployment.apps"); the message lists every cause as "field: message", several in brackets.
[[nodiscard]] StatusError invalid(std::string_view group, std::string_view kind, std::string_view name, std::vector<StatusCause> causes);
// 422 Invalid about the request itself: a patch that does not fit the object.
[[nodiscard]] StatusError unprocessable(std::string message);
[[nodiscard]] StatusError badRequest(std::string message);
[[nodiscard]] StatusError unauthorized(std::string message = "Unauthorized");
[[nodiscard]] StatusError forbidden(const GroupResource& resource, std::string_view name, std::string_view why);
[[nodiscard]] StatusError methodNotSupported(const GroupResource& resource, std::string_view verb);
[[nodiscard]] StatusError notAcceptable(std::string message);
[[nodiscard]] StatusError unsupportedMediaType(std::string message);
[[nodiscard]] StatusError requestEntityTooLarge(std::string message);
[[nodiscard]] StatusError expired(std::string message); // 410 Expired
[[nodiscard]] StatusError tooManyRequests(std::string message, int retryAfterSeconds);
[[nodiscard]] StatusError serverTimeout(std::string message); // 504 Timeout
[[nodiscard]] StatusError serviceUnavailable(std::string message);
[[nodiscard]] StatusError internalError(std::string message);

} // namespace kates::api
