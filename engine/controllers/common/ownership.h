// Which objects a controller object owns: by ownerReference, adopting orphans that its selector picks and releasing what it no longer picks.
#pragma once

#include <vector>

#include "engine/api/selector.h"
#include "engine/client/informer.h"

namespace kates::controllers {

// Lets ownedOrOrphaned() answer without looking at every object.
void addOwnershipIndexes(client::Informer& informer);

// What the object with this uid controls.
std::vector<api::Value> ownedBy(const client::Informer& informer, std::string_view uid);
// That, and the objects of the namespace that nobody controls.
std::vector<api::Value> ownedOrOrphaned(const client::Informer& informer, const api::Value& owner);

struct Claim {
    client::Resource ownerResource; // to read the owner again before it adopts
    client::Resource resource;      // of the candidates
};

// The candidates that belong to `owner` now. Adopts and releases by writes that are conditional on each object's resourceVersion; an owner that is
// being deleted, or was replaced by another of its name, adopts nothing. A failed write leaves its object out and is the error when all
// others were tried.
struct Claimed {
    std::vector<api::Value> objects;
    std::optional<api::StatusError> error;
};
Task<Claimed> claimObjects(
    client::Client& client, Claim claim, api::Value owner, api::LabelSelector selector, std::vector<api::Value> candidates);

// The object of this informer that controls `object`: same kind, name and uid. nullptr: none.
const api::Value* controllerOf(const client::Informer& owners, std::string_view ownerKind, const api::Value& object);

} // namespace kates::controllers
