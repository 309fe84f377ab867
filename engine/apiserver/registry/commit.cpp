// From a prepared object to the store and back.
#include "engine/api/conversion.h"
#include "engine/apiserver/registry/registry.h"

#include "engine/base/time.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;

Registry::Registry(Loop& loop, std::shared_ptr<api::Scheme> scheme, std::shared_ptr<store::Store> store, ResourceCaches& caches, Random& random,
    const AdmissionChain& admission)
    : m_loop(loop), m_scheme(std::move(scheme)), m_store(std::move(store)), m_caches(caches), m_random(random), m_admission(admission)
{
}

std::string Registry::now() const
{
    return formatTime(m_loop.wallTime());
}

StrategyContext Registry::contextOf(const ResourceRequest& request) const
{
    return {*request.kind, request.user.name, request.subresource, m_loop.wallTime()};
}

api::ApplyRequest Registry::ownershipOf(const ResourceRequest& request) const
{
    return {request.fieldManager.empty() ? "unknown" : request.fieldManager, request.force, request.kind->apiVersion(), request.subresource, now()};
}

ObjectPointer Registry::find(const api::KindDescription& kind, std::string_view ns, std::string_view name) const
{
    auto cache = m_caches.find(kind);
    return cache ? cache->find(ns, name) : nullptr;
}

Answer Registry::answerOf(const ResourceRequest& request, ObjectPointer object, int code) const
{
    if (request.kind->storedAs)
        return {code, api::fromStored(*request.kind, object->value()), nullptr};
    return {code, object->value(), std::move(object)};
}

api::StatusError Registry::statusOf(const ResourceRequest& request, const store::StoreError& error, bool creating) const
{
    switch (error.code) {
    case store::StoreErrorCode::Conflict:
        if (creating)
            return api::alreadyExists(request.resource(), request.name);
        return api::conflict(
            request.resource(), request.name, "the object has been modified; please apply your changes to the latest version and try again");
    case store::StoreErrorCode::TooLarge:
        return api::requestEntityTooLarge("the object is too large to be stored: " + error.message);
    case store::StoreErrorCode::Compacted:
        return api::expired(error.message);
    case store::StoreErrorCode::Unavailable:
        break;
    }
    return error.indeterminate ? api::serverTimeout("it is not known whether the write was stored: " + error.message)
                               : api::serviceUnavailable(error.message);
}

namespace {

constexpr auto kCommitTimeout = std::chrono::seconds(60);

Task<void> commitInto(std::shared_ptr<store::Store> store, std::vector<store::Operation> operations,
    Future<store::StoreResult<store::Revision>> result, [[maybe_unused]] std::shared_ptr<void> held)
{
    auto committed = co_await store->commit(std::move(operations));
    result.set(std::move(committed));
}

} // namespace

Task<store::StoreResult<store::Revision>> Registry::commitInTime(std::vector<store::Operation> operations, std::shared_ptr<void> held)
{
    Future<store::StoreResult<store::Revision>> result;
    auto late = m_loop.after(kCommitTimeout, [result] {
        result.set(
            tl::unexpected(store::StoreError{store::StoreErrorCode::Unavailable, "the disk has not answered for a minute", true, std::nullopt}));
    });
    spawn(commitInto(m_store, std::move(operations), result, std::move(held)));
    co_return co_await result;
}

Task<ApiResult<ObjectPointer>> Registry::commit(const ResourceRequest& request, api::Value object, store::Revision expected)
{
    const auto& kind = *request.kind;
    auto name = std::string(object.str("metadata", "name"));
    auto ordered = orderedForStore(api::toStored(kind, object));
    auto text = encodeForStore(ordered);
    auto written = std::make_shared<ResourceCaches::Written>(m_caches, text, ordered);
    std::vector<store::Operation> operations;
    operations.push_back({storageKey(kind, request.ns, name), text, expected});
    auto committed = co_await commitInTime(std::move(operations), std::move(written));
    if (!committed)
        co_return ApiFailure(statusOf(request, committed.error(), expected == 0));
    // Usually what has just come back through the cache; another write may have been faster there.
    auto cached = find(kind, request.ns, name);
    if (cached && cached->revision() == *committed)
        co_return cached;
    co_return std::make_shared<const CachedObject>(std::move(ordered), std::move(text), *committed);
}

Task<ApiResult<void>> Registry::commitDelete(const ResourceRequest& request, store::Revision expected)
{
    std::vector<store::Operation> operations;
    operations.push_back({storageKey(*request.kind, request.ns, request.name), std::nullopt, expected});
    auto committed = co_await commitInTime(std::move(operations), nullptr);
    if (!committed)
        co_return ApiFailure(statusOf(request, committed.error(), false));
    co_return ApiResult<void>();
}

} // namespace kates::apiserver
