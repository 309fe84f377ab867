#include "engine/client/request_target.h"

#include "engine/http/headers.h"

namespace kates::client {

namespace {

std::string withQuestionMark(const http::Query& query)
{
    return query.empty() ? std::string() : "?" + query.toString();
}

http::Query selection(const ListOptions& options)
{
    http::Query query;
    if (!options.labelSelector.empty())
        query.add("labelSelector", options.labelSelector);
    if (!options.fieldSelector.empty())
        query.add("fieldSelector", options.fieldSelector);
    return query;
}

} // namespace

std::string RequestTarget::path(std::string_view prefix) const
{
    std::string path(prefix);
    path += resource.group.empty() ? "/api/" : "/apis/" + http::percentEncode(resource.group) + "/";
    path += http::percentEncode(resource.version);
    if (!ns.empty())
        path += "/namespaces/" + http::percentEncode(ns);
    path += "/" + http::percentEncode(resource.plural);
    if (!name.empty())
        path += "/" + http::percentEncode(name);
    if (!subresource.empty())
        path += "/" + subresource; // "proxy/metrics" may have more segments
    return path;
}

std::string listQuery(const ListOptions& options)
{
    http::Query query = selection(options);
    if (!options.continueToken.empty())
        query.add("continue", options.continueToken);
    else if (!options.resourceVersion.empty()) // a continuation has its own
        query.add("resourceVersion", options.resourceVersion);
    if (options.limit)
        query.add("limit", std::to_string(options.limit));
    return withQuestionMark(query);
}

std::string watchQuery(const ListOptions& options)
{
    http::Query query = selection(options);
    query.add("watch", "true");
    query.add("allowWatchBookmarks", "true");
    if (!options.resourceVersion.empty())
        query.add("resourceVersion", options.resourceVersion);
    return withQuestionMark(query);
}

std::string writeQuery(const WriteOptions& options)
{
    http::Query query;
    if (!options.fieldManager.empty())
        query.add("fieldManager", options.fieldManager);
    if (options.force)
        query.add("force", "true");
    if (options.dryRun)
        query.add("dryRun", "All");
    return withQuestionMark(query);
}

api::Value deleteOptionsBody(const DeleteOptions& options)
{
    api::Value body = api::Value::object({{"kind", "DeleteOptions"}, {"apiVersion", "v1"}});
    if (options.gracePeriodSeconds)
        body.set("gracePeriodSeconds", *options.gracePeriodSeconds);
    if (!options.propagationPolicy.empty())
        body.set("propagationPolicy", options.propagationPolicy);
    if (!options.preconditionUid.empty())
        body.edit("preconditions").set("uid", options.preconditionUid);
    if (!options.preconditionResourceVersion.empty())
        body.edit("preconditions").set("resourceVersion", options.preconditionResourceVersion);
    return body;
}

std::string_view patchContentType(PatchType type)
{
    switch (type) {
    case PatchType::Json:
        return "application/json-patch+json";
    case PatchType::Merge:
        return "application/merge-patch+json";
    case PatchType::Strategic:
        return "application/strategic-merge-patch+json";
    case PatchType::Apply:
        return "application/apply-patch+yaml"; // JSON is YAML
    }
    return {};
}

} // namespace kates::client
