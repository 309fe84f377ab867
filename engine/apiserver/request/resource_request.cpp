#include "engine/apiserver/request/resource_request.h"

#include <charconv>

namespace kates::apiserver {

namespace {

using api::ApiFailure;
using api::badRequest;

std::string joined(const std::vector<std::string>& path)
{
    std::string text;
    for (const auto& part : path)
        text.append(text.empty() ? "" : ".").append(part);
    return text;
}

bool selectable(const api::KindDescription& kind, const std::string& field)
{
    return field == "metadata.name" || (kind.namespaced && field == "metadata.namespace")
        || std::find(kind.selectableFields.begin(), kind.selectableFields.end(), field) != kind.selectableFields.end();
}

api::ApiResult<std::int64_t> readInteger(std::string_view name, std::string_view text)
{
    std::int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return ApiFailure(badRequest("query parameter " + std::string(name) + ": " + std::string(text) + " is not an integer"));
    return value;
}

api::ApiResult<std::optional<bool>> readBool(std::string_view name, const http::Query& query)
{
    auto text = query.get(name);
    if (text.empty())
        return query.has(name) ? std::optional(true) : std::nullopt;
    if (text == "true" || text == "1" || text == "True" || text == "t")
        return std::optional(true);
    if (text == "false" || text == "0" || text == "False" || text == "f")
        return std::optional(false);
    return ApiFailure(badRequest("query parameter " + std::string(name) + ": " + std::string(text) + " is neither true nor false"));
}

api::StatusError invalidOption(std::string_view kind, std::string_view reason, std::string_view field, std::string message)
{
    return api::invalid("meta.k8s.io", kind, "", {{std::string(reason), std::move(message), std::string(field)}});
}

api::ApiResult<void> readDryRun(ResourceRequest& request, std::string_view value, std::string_view optionsKind)
{
    if (!value.empty() && value != "All")
        return ApiFailure(invalidOption(
            optionsKind, "FieldValueNotSupported", "dryRun", "Unsupported value: \"" + std::string(value) + "\": supported values: \"All\""));
    request.dryRun = request.dryRun || value == "All";
    return {};
}

} // namespace

std::optional<store::Revision> parseRevision(std::string_view text)
{
    store::Revision revision = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), revision);
    if (error != std::errc() || end != text.data() + text.size() || revision < 0)
        return std::nullopt;
    return revision;
}

api::ApiResult<Selection> readSelection(const api::KindDescription& kind, std::string_view labelSelector, std::string_view fieldSelector)
{
    Selection selection;
    auto labels = api::LabelSelector::parse(labelSelector);
    if (!labels)
        return ApiFailure(badRequest("unable to parse requirement: " + labels.error().message));
    auto fields = api::FieldSelector::parse(fieldSelector);
    if (!fields)
        return ApiFailure(badRequest(fields.error().message));
    for (const auto& term : fields->terms()) {
        auto field = joined(term.path);
        if (!selectable(kind, field))
            return ApiFailure(badRequest("Unable to find \"" + (kind.group.empty() ? "/" : kind.group + "/") + kind.version
                + ", Resource=" + kind.plural + "\" that match label selector \"" + std::string(labelSelector) + "\", field selector \""
                + std::string(fieldSelector) + "\": field label not supported: " + field));
    }
    if (auto name = fields->required("metadata.name"))
        selection.name = *name;
    selection.labels = std::move(*labels);
    selection.fields = std::move(*fields);
    return selection;
}

api::ApiResult<ListParameters> readListParameters(const api::KindDescription& kind, const http::Query& query)
{
    ListParameters list;
    auto selection = readSelection(kind, query.get("labelSelector"), query.get("fieldSelector"));
    if (!selection)
        return ApiFailure(selection.error());
    list.selection = std::move(*selection);
    if (auto text = query.get("limit"); !text.empty()) {
        auto limit = readInteger("limit", text);
        if (!limit)
            return ApiFailure(limit.error());
        list.limit = static_cast<std::size_t>(std::max<std::int64_t>(*limit, 0));
    }
    list.continueToken = query.get("continue");
    list.resourceVersion = query.get("resourceVersion");
    list.resourceVersionMatch = query.get("resourceVersionMatch");
    return list;
}

api::ApiResult<WatchParameters> readWatchParameters(const api::KindDescription& kind, const http::Query& query)
{
    WatchParameters watch;
    auto selection = readSelection(kind, query.get("labelSelector"), query.get("fieldSelector"));
    if (!selection)
        return ApiFailure(selection.error());
    watch.selection = std::move(*selection);
    watch.resourceVersion = query.get("resourceVersion");
    watch.resourceVersionMatch = query.get("resourceVersionMatch");
    auto bookmarks = readBool("allowWatchBookmarks", query);
    auto initial = readBool("sendInitialEvents", query);
    if (!bookmarks || !initial)
        return ApiFailure(!bookmarks ? bookmarks.error() : initial.error());
    watch.bookmarks = bookmarks->value_or(false);
    watch.sendInitialEvents = *initial;
    if (auto text = query.get("timeoutSeconds"); !text.empty()) {
        auto seconds = readInteger("timeoutSeconds", text);
        if (!seconds)
            return ApiFailure(seconds.error());
        watch.timeout = std::chrono::seconds(std::clamp<std::int64_t>(*seconds, 0, 86400));
    }
    return watch;
}

api::ApiResult<void> readWriteParameters(ResourceRequest& request, const http::Query& query)
{
    std::string_view kind = request.verb == "create" ? "CreateOptions" : request.verb == "update" ? "UpdateOptions" : "PatchOptions";
    for (auto value : query.all("dryRun")) {
        if (auto read = readDryRun(request, value, kind); !read)
            return read;
    }
    auto force = readBool("force", query);
    if (!force)
        return ApiFailure(force.error());
    request.force = force->value_or(false);
    if (auto manager = query.get("fieldManager"); !manager.empty())
        request.fieldManager = manager;
    if (request.fieldManager.size() > 128)
        return ApiFailure(invalidOption(kind, "FieldValueTooLong", "fieldManager", "Too long: may not be more than 128 bytes"));
    auto validation = query.get("fieldValidation");
    if (validation == "Strict" || validation == "Warn" || validation == "Ignore" || validation.empty()) {
        request.fieldValidation = validation == "Strict" ? FieldValidation::Strict
            : validation == "Ignore"                     ? FieldValidation::Ignore
                                                         : FieldValidation::Warn;
        return {};
    }
    return ApiFailure(invalidOption(kind, "FieldValueNotSupported", "fieldValidation",
        "Unsupported value: \"" + std::string(validation) + "\": supported values: \"Ignore\", \"Strict\", \"Warn\""));
}

api::ApiResult<DeleteParameters> readDeleteParameters(ResourceRequest& request, const http::Query& query, const api::Value& body)
{
    DeleteParameters parameters;
    for (auto value : query.all("dryRun")) {
        if (auto read = readDryRun(request, value, "DeleteOptions"); !read)
            return ApiFailure(read.error());
    }
    for (const auto& value : body.get("dryRun")) {
        if (auto read = readDryRun(request, value.asString(), "DeleteOptions"); !read)
            return ApiFailure(read.error());
    }
    if (auto text = query.get("gracePeriodSeconds"); !text.empty()) {
        auto seconds = readInteger("gracePeriodSeconds", text);
        if (!seconds)
            return ApiFailure(seconds.error());
        parameters.gracePeriodSeconds = *seconds;
    }
    if (body.get("gracePeriodSeconds").isInt())
        parameters.gracePeriodSeconds = body.get("gracePeriodSeconds").asInt();
    parameters.propagationPolicy = body.has("propagationPolicy") ? body.str("propagationPolicy") : query.get("propagationPolicy");
    auto orphan = body.has("orphanDependents") ? std::optional(body.get("orphanDependents").asBool()) : std::nullopt;
    if (parameters.propagationPolicy.empty() && orphan)
        parameters.propagationPolicy = *orphan ? "Orphan" : "Background";
    const auto& policy = parameters.propagationPolicy;
    if (!policy.empty() && policy != "Orphan" && policy != "Background" && policy != "Foreground")
        return ApiFailure(invalidOption("DeleteOptions", "FieldValueNotSupported", "propagationPolicy",
            "Unsupported value: \"" + policy + "\": supported values: \"Background\", \"Foreground\", \"Orphan\""));
    parameters.preconditionUid = body.str("preconditions", "uid");
    parameters.preconditionResourceVersion = body.str("preconditions", "resourceVersion");
    return parameters;
}

} // namespace kates::apiserver
