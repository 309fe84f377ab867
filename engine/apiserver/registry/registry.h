// The one generic store behind every kind: each verb once, for all of them. What differs between kinds is in their descriptions, their strategies
// (strategy.h) and in admission (admission/admission.h).
//
// Reads come from the watch caches. Writes: decode → admission → defaults, strategy, validation → commit, conditional on the version that was read.
// One file per verb. Called after authorisation, on the loop's thread; `request` must outlive the task.
#pragma once

#include <functional>

#include "engine/apiserver/admission/admission.h"
#include "engine/api/apply.h"
#include "engine/apiserver/cache/resource_caches.h"
#include "engine/apiserver/registry/strategy.h"
#include "engine/apiserver/request/resource_request.h"
#include "engine/base/random.h"

namespace kates::apiserver {

// An object, or another document (a Status, a Scale). `cached` when it is a stored object as it is: its bytes are ready.
struct Answer {
    int code = 200;
    api::Value value;
    ObjectPointer cached;
};

struct ListAnswer {
    std::vector<ObjectPointer> items;
    store::Revision revision = 0;
    std::string continueToken;
    std::optional<std::int64_t> remaining;
};

constexpr int kConflictRetriesMax = 5;
constexpr int kGenerateNameTriesMax = 8;

class Registry {
public:
    Registry(Loop& loop, std::shared_ptr<api::Scheme> scheme, std::shared_ptr<store::Store> store, ResourceCaches& caches, Random& random,
        const AdmissionChain& admission);

    api::ApiResult<Answer> get(const ResourceRequest& request) const;
    Task<api::ApiResult<ListAnswer>> list(const ResourceRequest& request, ListParameters parameters) const;
    api::ApiResult<std::shared_ptr<Watcher>> watch(const ResourceRequest& request, WatchParameters parameters) const;
    Task<api::ApiResult<Answer>> create(ResourceRequest& request, api::Value object);
    Task<api::ApiResult<Answer>> update(ResourceRequest& request, api::Value object);
    Task<api::ApiResult<Answer>> patch(ResourceRequest& request, client::PatchType type, api::Value patch);
    Task<api::ApiResult<Answer>> remove(ResourceRequest& request, DeleteParameters parameters);
    // Deletes what the list gives, one after the other; the answer is the list.
    Task<api::ApiResult<ListAnswer>> removeCollection(ResourceRequest& request, ListParameters list, DeleteParameters parameters);

    // Read, change, write; again when somebody else was faster. For every write that is a function of the current object: update, patch, the
    // subresources. `transform` gets the current object and gives the wanted one (its resourceVersion, when not empty, must be the current one).
    using Transform = std::function<api::ApiResult<api::Value>(const api::Value& current)>;
    Task<api::ApiResult<Answer>> modify(ResourceRequest& request, Transform transform);

    ObjectPointer find(const api::KindDescription& kind, std::string_view ns, std::string_view name) const;

    ResourceCaches& caches() { return m_caches; }
    const api::Scheme& scheme() const { return *m_scheme; }
    Loop& loop() const { return m_loop; }
    std::string now() const; // metav1.Time

private:
    struct Prepared {
        api::Value object;
        bool unchanged = false;
        bool deletes = false; // its last finalizer has gone
    };
    StrategyContext contextOf(const ResourceRequest& request) const;
    api::ApplyRequest ownershipOf(const ResourceRequest& request) const;
    api::ApiResult<Prepared> prepareUpdate(ResourceRequest& request, const api::Value& live, api::Value proposed, bool applied);
    Task<api::ApiResult<Answer>> modifyWith(ResourceRequest& request, Transform transform, bool applied);
    Task<api::ApiResult<Answer>> apply(ResourceRequest& request, api::Value configuration);
    void claimCreated(const ResourceRequest& request, api::Value sent, api::Value& object) const;
    Task<api::ApiResult<Answer>> insert(ResourceRequest& request, api::Value object, bool applied);

    Answer answerOf(const ResourceRequest& request, ObjectPointer object, int code) const;
    // expected 0: create.
    Task<api::ApiResult<ObjectPointer>> commit(const ResourceRequest& request, api::Value object, store::Revision expected);
    Task<api::ApiResult<void>> commitDelete(const ResourceRequest& request, store::Revision expected);
    // What the disk has not answered in time is 504: whether it was stored is not known.
    Task<store::StoreResult<store::Revision>> commitInTime(std::vector<store::Operation> operations, std::shared_ptr<void> held);
    api::StatusError statusOf(const ResourceRequest& request, const store::StoreError& error, bool creating) const;
    ListAnswer listNow(const WatchCache& cache, const ListParameters& parameters, store::Revision revision, const std::string& startKey) const;
    Task<api::ApiResult<ListAnswer>> listAt(
        const ResourceRequest& request, ListParameters parameters, store::Revision revision, std::string startKey) const;

    Loop& m_loop;
    std::shared_ptr<api::Scheme> m_scheme;
    std::shared_ptr<store::Store> m_store;
    ResourceCaches& m_caches;
    Random& m_random;
    const AdmissionChain& m_admission;
};

} // namespace kates::apiserver
