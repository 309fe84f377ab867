#include "engine/apiserver/registry/registry.h"

namespace kates::apiserver {

using api::ApiFailure;

namespace {

constexpr std::size_t kWatchersMax = 20'000; // of all kinds together

api::StatusError invalidWatch(std::string_view field, std::string message)
{
    return api::invalid("meta.k8s.io", "ListOptions", "", {{"FieldValueForbidden", "Forbidden: " + std::move(message), std::string(field)}});
}

std::optional<api::StatusError> problemOf(const WatchParameters& parameters)
{
    bool matchGiven = !parameters.resourceVersionMatch.empty();
    if (!parameters.sendInitialEvents) {
        if (matchGiven)
            return invalidWatch("resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        return std::nullopt;
    }
    if (parameters.resourceVersionMatch != "NotOlderThan")
        return invalidWatch("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    if (*parameters.sendInitialEvents && !parameters.bookmarks)
        return invalidWatch("allowWatchBookmarks", "sendInitialEvents requires allowWatchBookmarks");
    return std::nullopt;
}

} // namespace

api::ApiResult<std::shared_ptr<Watcher>> Registry::watch(const ResourceRequest& request, WatchParameters parameters) const
{
    auto cache = m_caches.find(*request.kind);
    if (!cache)
        return ApiFailure(api::notFound(request.resource(), ""));
    if (auto problem = problemOf(parameters))
        return ApiFailure(std::move(*problem));
    auto asked = parseRevision(parameters.resourceVersion.empty() ? "0" : parameters.resourceVersion);
    if (!asked)
        return ApiFailure(api::badRequest("Invalid value: \"" + parameters.resourceVersion + "\": the resourceVersion is not a number"));
    if (m_caches.watcherCount() >= kWatchersMax)
        return ApiFailure(api::tooManyRequests("there are " + std::to_string(kWatchersMax) + " watches already", 5));

    parameters.selection.ns = request.ns;
    if (!request.name.empty())
        parameters.selection.name = request.name;
    WatchCache::From from;
    bool initial = parameters.sendInitialEvents.value_or(*asked == 0);
    if (initial)
        from.initialEventsEnd = parameters.sendInitialEvents.value_or(false);
    else
        from.after = *asked == 0 ? m_caches.revision() : *asked;
    return cache->watch(m_loop, std::move(parameters.selection), from, parameters.bookmarks, m_caches.revision());
}

} // namespace kates::apiserver
