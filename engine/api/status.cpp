#include "engine/api/status.h"

#include <algorithm>
#include <fmt/format.h>

namespace kates::api {

namespace {

StatusError make(int code, std::string_view reason, std::string message)
{
    StatusError error;
    error.code = code;
    error.reason = reason;
    error.message = std::move(message);
    return error;
}

StatusError about(const GroupResource& resource, std::string_view name, int code, std::string_view reason, std::string message)
{
    StatusError error = make(code, reason, std::move(message));
    error.group = resource.group;
    error.kind = resource.resource;
    error.name = name;
    return error;
}

// What a bare HTTP code means when the answer holds no Status.
std::string_view reasonOfCode(int code)
{
    switch (code) {
    case 400:
        return "BadRequest";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "NotFound";
    case 405:
        return "MethodNotAllowed";
    case 406:
        return "NotAcceptable";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 413:
        return "RequestEntityTooLarge";
    case 415:
        return "UnsupportedMediaType";
    case 422:
        return "Invalid";
    case 429:
        return "TooManyRequests";
    case 503:
        return "ServiceUnavailable";
    case 504:
        return "Timeout";
    default:
        return code >= 500 ? "InternalError" : "Unknown";
    }
}

// One cause as "field: message"; several in brackets, each once.
std::string summary(const std::vector<StatusCause>& causes)
{
    std::vector<std::string> lines;
    for (const StatusCause& cause : causes) {
        std::string line = cause.field.empty() ? cause.message : cause.field + ": " + cause.message;
        if (std::find(lines.begin(), lines.end(), line) == lines.end())
            lines.push_back(std::move(line));
    }
    return lines.size() == 1 ? lines.front() : fmt::format("[{}]", fmt::join(lines, ", "));
}

void setUnlessEmpty(Value& object, std::string_view key, std::string_view text)
{
    if (!text.empty())
        object.set(key, text);
}

} // namespace

Value StatusError::toValue() const
{
    Value details = Value::object();
    setUnlessEmpty(details, "name", name);
    setUnlessEmpty(details, "group", group);
    setUnlessEmpty(details, "kind", kind);
    setUnlessEmpty(details, "uid", uid);
    for (const StatusCause& cause : causes) {
        Value item = Value::object();
        setUnlessEmpty(item, "reason", cause.reason);
        setUnlessEmpty(item, "message", cause.message);
        setUnlessEmpty(item, "field", cause.field);
        details.edit("causes").push(std::move(item));
    }
    if (retryAfterSeconds)
        details.set("retryAfterSeconds", retryAfterSeconds);

    Value status = Value::object({ { "kind", "Status" }, { "apiVersion", "v1" }, { "metadata", Value::object() }, { "status", "Failure" } });
    setUnlessEmpty(status, "message", message);
    setUnlessEmpty(status, "reason", reason);
    if (!details.isEmpty())
        status.set("details", std::move(details));
    status.set("code", code);
    return status;
}

StatusError StatusError::fromValue(const Value& status, int httpCode)
{
    if (status.str("kind") != "Status")
        return make(
            httpCode, reasonOfCode(httpCode), fmt::format("the server answered {} ({}) without saying why", httpCode, reasonOfCode(httpCode)));
    StatusError error = make(static_cast<int>(status.get("code").asInt(httpCode)), status.str("reason"), std::string(status.str("message")));
    if (error.reason.empty())
        error.reason = reasonOfCode(error.code);
    const Value& details = status.get("details");
    error.group = details.str("group");
    error.kind = details.str("kind");
    error.name = details.str("name");
    error.uid = details.str("uid");
    error.retryAfterSeconds = static_cast<int>(std::clamp<std::int64_t>(details.get("retryAfterSeconds").asInt(), 0, 3600));
    for (const Value& cause : details.get("causes"))
        error.causes.push_back({ std::string(cause.str("reason")), std::string(cause.str("message")), std::string(cause.str("field")) });
    return error;
}

StatusError notFound(const GroupResource& resource, std::string_view name)
{
    return about(resource, name, 404, "NotFound", fmt::format("{} \"{}\" not found", resource.toString(), name));
}

StatusError alreadyExists(const GroupResource& resource, std::string_view name)
{
    return about(resource, name, 409, "AlreadyExists", fmt::format("{} \"{}\" already exists", resource.toString(), name));
}

StatusError conflict(const GroupResource& resource, std::string_view name, std::string_view why)
{
    return about(resource, name, 409, "Conflict", fmt::format("Operation cannot be fulfilled on {} \"{}\": {}", resource.toString(), name, why));
}

StatusError invalid(std::string_view group, std::string_view kind, std::string_view name, std::vector<StatusCause> causes)
{
    // Either form of `kind` names the group at most once.
    const std::string suffix = group.empty() ? std::string() : fmt::format(".{}", group);
    const std::string_view bare = !suffix.empty() && kind.ends_with(suffix) ? kind.substr(0, kind.size() - suffix.size()) : kind;
    std::string message = fmt::format("{}{} \"{}\" is invalid", bare, suffix, name);
    if (!causes.empty())
        message += ": " + summary(causes);
    StatusError error = about({ std::string(group), std::string(bare) }, name, 422, "Invalid", std::move(message));
    error.causes = std::move(causes);
    return error;
}

StatusError unprocessable(std::string message) { return make(422, "Invalid", std::move(message)); }

StatusError badRequest(std::string message) { return make(400, "BadRequest", std::move(message)); }

StatusError unauthorized(std::string message) { return make(401, "Unauthorized", std::move(message)); }

StatusError forbidden(const GroupResource& resource, std::string_view name, std::string_view why)
{
    std::string message = resource.resource.empty() ? fmt::format("forbidden: {}", why)
        : name.empty()                              ? fmt::format("{} is forbidden: {}", resource.toString(), why)
                                                    : fmt::format("{} \"{}\" is forbidden: {}", resource.toString(), name, why);
    return about(resource, name, 403, "Forbidden", std::move(message));
}

StatusError methodNotSupported(const GroupResource& resource, std::string_view verb)
{
    return about(resource, {}, 405, "MethodNotAllowed", fmt::format("{} is not supported on resources of kind \"{}\"", verb, resource.toString()));
}

StatusError notAcceptable(std::string message) { return make(406, "NotAcceptable", std::move(message)); }

StatusError unsupportedMediaType(std::string message) { return make(415, "UnsupportedMediaType", std::move(message)); }

StatusError requestEntityTooLarge(std::string message)
{
    return make(413, "RequestEntityTooLarge", "Request entity too large: " + std::move(message));
}

StatusError expired(std::string message) { return make(410, "Expired", std::move(message)); }

StatusError tooManyRequests(std::string message, int retryAfterSeconds)
{
    StatusError error = make(429, "TooManyRequests", std::move(message));
    error.retryAfterSeconds = retryAfterSeconds;
    return error;
}

StatusError serverTimeout(std::string message) { return make(504, "Timeout", "Timeout: " + std::move(message)); }

StatusError serviceUnavailable(std::string message) { return make(503, "ServiceUnavailable", std::move(message)); }

StatusError internalError(std::string message)
{
    StatusError error = make(500, "InternalError", "Internal error occurred: " + message);
    error.causes.push_back({ {}, std::move(message), {} });
    return error;
}

} // namespace kates::api
