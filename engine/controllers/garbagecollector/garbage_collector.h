// Deletes what nobody owns any more, by metadata.ownerReferences, for every resource that the server serves.
//
//   background (the default)  the owner goes at once; its dependents follow
//   foreground                the owner waits (finalizer foregroundDeletion) until the dependents that block it are gone
//   orphan                    the owner waits (finalizer orphan) until its dependents no longer name it
//
// An owner counts as gone only when the API says so (asked directly when the caches do not know it) or its deletion was seen: uids never come back.
#pragma once

#include <unordered_set>

#include "engine/client/event_correlator.h"
#include "engine/controllers/controller.h"
#include "engine/controllers/garbagecollector/object_graph.h"

namespace kates::controllers {

class GarbageCollector : public QueueController {
public:
    explicit GarbageCollector(const ControllerContext& context);
    void start() override; // watches the resources that are served now

private:
    using Written = api::ApiResult<void>;
    enum class OwnerState { Solid, Waiting, Gone, Unknown };
    struct Owners {
        bool solid = false, waiting = false;
        std::unordered_set<std::string> removable; // uids of references that hold nothing any more: gone, or waiting for us to go
    };

    Task<client::ReconcileResult> reconcile(std::string uid) override;
    Task<Written> collect(GraphNode node);
    Task<api::ApiResult<Owners>> classify(GraphNode node);
    Task<api::ApiResult<OwnerState>> stateOf(GraphNode dependent, api::Value reference);
    Task<Written> deleteObject(GraphNode node, std::string propagationPolicy);
    Task<Written> finishForeground(GraphNode node);
    Task<Written> orphanDependents(GraphNode node);
    Task<Written> update(std::shared_ptr<const ServedResource> served, api::Value object);

    void watch(const ServedResource& served);
    void changed(const std::shared_ptr<const ServedResource>& served, const api::Value& object);
    void removed(const api::Value& object);
    const ServedResource* servedKind(const api::Value& reference) const;

    ObjectGraph m_graph;
    std::vector<std::shared_ptr<const ServedResource>> m_served;
    client::RecentMap<bool> m_gone; // owners whose absence is certain, by uid
};

} // namespace kates::controllers
