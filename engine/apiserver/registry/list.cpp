#include "engine/apiserver/registry/registry.h"

#include "engine/api/json.h"
#include "engine/base/base64.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;

namespace {

constexpr std::size_t kOldPageMax = 500; // objects read from the store's past in one step

struct Position {
    store::Revision revision;
    std::string startKey;
};

std::string encodePosition(const Position& position)
{
    auto token = api::Value::object({{"v", "meta.k8s.io/v1"}, {"rv", position.revision}, {"start", position.startKey}});
    return encodeBase64Url(api::toJson(token));
}

std::optional<Position> decodePosition(std::string_view token)
{
    auto text = decodeBase64Url(token);
    auto value = text ? api::parseJson(*text) : Result<api::Value>(failure("not base64"));
    if (!value || value->str("v") != "meta.k8s.io/v1" || !value->get("rv").isInt() || !value->get("start").isString())
        return std::nullopt;
    return Position{value->get("rv").asInt(), std::string(value->str("start"))};
}

api::StatusError tooLargeRevision(store::Revision asked, store::Revision current)
{
    auto error = api::serverTimeout("Too large resource version: " + std::to_string(asked) + ", current: " + std::to_string(current));
    error.causes.push_back({"ResourceVersionTooLarge", "Too large resource version", ""});
    error.retryAfterSeconds = 1;
    return error;
}

api::StatusError expiredContinue()
{
    return api::expired(
        "The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue "
        "parameter.");
}

ApiResult<void> checkVersions(const ListParameters& parameters)
{
    const auto& match = parameters.resourceVersionMatch;
    auto refuse = [](std::string message) {
        return ApiFailure(
            api::invalid("meta.k8s.io", "ListOptions", "", {{"FieldValueForbidden", "Forbidden: " + std::move(message), "resourceVersionMatch"}}));
    };
    if (match.empty())
        return {};
    if (match != "Exact" && match != "NotOlderThan")
        return refuse("\"" + match + "\" is neither \"Exact\" nor \"NotOlderThan\"");
    if (parameters.resourceVersion.empty())
        return refuse("resourceVersionMatch is forbidden unless resourceVersion is provided");
    if (!parameters.continueToken.empty())
        return refuse("resourceVersionMatch is forbidden when continue is provided");
    if (match == "Exact" && parameters.resourceVersion == "0")
        return refuse("resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
    return {};
}

} // namespace

// The newest state, from the cache.
ListAnswer Registry::listNow(const WatchCache& cache, const ListParameters& parameters, store::Revision revision, const std::string& startKey) const
{
    ListAnswer answer;
    answer.revision = revision;
    std::int64_t remaining = 0;
    std::string next;
    cache.select(parameters.selection, startKey, [&](const std::string& key, const ObjectPointer& object) {
        if (parameters.limit != 0 && answer.items.size() == parameters.limit) {
            next = next.empty() ? key : next;
            ++remaining;
            return parameters.selection.everything();
        }
        answer.items.push_back(object);
        return true;
    });
    if (next.empty())
        return answer;
    answer.continueToken = encodePosition({revision, next});
    if (parameters.selection.everything())
        answer.remaining = remaining;
    return answer;
}

Task<ApiResult<ListAnswer>> Registry::listAt(
    const ResourceRequest& request, ListParameters parameters, store::Revision revision, std::string startKey) const
{
    ListAnswer answer;
    answer.revision = revision;
    auto root = storagePrefix(*request.kind);
    auto prefix = parameters.selection.ns.empty() ? root : root + parameters.selection.ns + "/";
    auto start = startKey.empty() ? std::string() : root + startKey;
    for (bool more = true; more;) {
        auto page = co_await m_store->list(prefix, start, kOldPageMax, revision);
        if (!page && page.error().code == store::StoreErrorCode::Compacted)
            co_return ApiFailure(parameters.continueToken.empty() ? api::expired(page.error().message) : expiredContinue());
        if (!page)
            co_return ApiFailure(statusOf(request, page.error(), false));
        for (const auto& item : page->items) {
            if (parameters.limit != 0 && answer.items.size() == parameters.limit) {
                answer.continueToken = encodePosition({revision, item.key.substr(root.size())});
                co_return answer;
            }
            auto object = m_caches.parse(item);
            if (object && parameters.selection.matches(*object))
                answer.items.push_back(std::move(object));
        }
        more = page->more;
        if (more) {
            start = page->items.back().key + '\0';
            co_await yieldTo(m_loop);
        }
    }
    co_return answer;
}

Task<ApiResult<ListAnswer>> Registry::list(const ResourceRequest& request, ListParameters parameters) const
{
    auto cache = m_caches.find(*request.kind);
    if (!cache)
        co_return ApiFailure(api::notFound(request.resource(), ""));
    if (auto valid = checkVersions(parameters); !valid)
        co_return ApiFailure(valid.error());
    parameters.selection.ns = request.ns;
    auto current = m_caches.revision();
    if (!parameters.continueToken.empty()) {
        auto position = decodePosition(parameters.continueToken);
        if (!position)
            co_return ApiFailure(api::badRequest("continue key is not valid"));
        if (cache->lastChange() <= position->revision && position->revision <= current)
            co_return listNow(*cache, parameters, position->revision, position->startKey);
        co_return co_await listAt(request, parameters, position->revision, position->startKey);
    }
    if (parameters.resourceVersion.empty())
        co_return listNow(*cache, parameters, current, {});
    auto asked = parseRevision(parameters.resourceVersion);
    if (!asked)
        co_return ApiFailure(api::invalid("meta.k8s.io", "ListOptions", "",
            {{"FieldValueInvalid", "Invalid value: \"" + parameters.resourceVersion + "\": strconv.ParseUint: invalid syntax", "resourceVersion"}}));
    if (*asked > current)
        co_return ApiFailure(tooLargeRevision(*asked, current));
    if (parameters.resourceVersionMatch == "Exact" && cache->lastChange() > *asked)
        co_return co_await listAt(request, parameters, *asked, std::string());
    co_return listNow(*cache, parameters, parameters.resourceVersionMatch == "Exact" ? *asked : current, {});
}

} // namespace kates::apiserver
