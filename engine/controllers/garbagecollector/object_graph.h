// Who owns whom, over all resources: the objects by uid, and the dependents of each uid (also of one that is gone, or not yet seen).
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/api/meta.h"
#include "engine/controllers/common/served_resource.h"

namespace kates::controllers {

inline constexpr std::string_view kForegroundFinalizer = "foregroundDeletion";
inline constexpr std::string_view kOrphanFinalizer = "orphan";

struct GraphNode {
    std::shared_ptr<const ServedResource> served;
    api::Value object; // as the informer has it: shared, not copied

    api::ObjectMeta meta() const { return api::ObjectMeta(object); }
    bool hasFinalizer(std::string_view finalizer) const;
    // Being deleted in the foreground: it stays until its blocking dependents are gone.
    bool deletesDependents() const { return meta().beingDeleted() && hasFinalizer(kForegroundFinalizer); }
    bool orphansDependents() const { return meta().beingDeleted() && hasFinalizer(kOrphanFinalizer); }
    // Its reference to this owner, or the null value.
    const api::Value& referenceTo(std::string_view ownerUid) const;
};

class ObjectGraph {
public:
    void put(GraphNode node);
    void remove(const std::string& uid);
    const GraphNode* find(const std::string& uid) const; // until the next change
    std::vector<std::string> dependents(const std::string& uid) const;
    bool hasDependents(const std::string& uid) const { return m_dependents.contains(uid); }

private:
    void unlink(const std::string& uid, const GraphNode& node);
    std::unordered_map<std::string, GraphNode> m_nodes;
    std::unordered_map<std::string, std::unordered_set<std::string>> m_dependents;
};

// The object without its references to these owners.
api::Value withoutOwners(api::Value object, const std::unordered_set<std::string>& ownerUids);
api::Value withoutFinalizer(api::Value object, std::string_view finalizer);

} // namespace kates::controllers
