// What a node's silence and conditions mean: pure functions.
#pragma once

#include <string>
#include <vector>

#include "engine/api/value.h"

namespace kates::controllers {

// The node with the conditions that its kubelet keeps turned to Unknown.
api::Value silentNode(api::Value node, const std::string& now);

// spec.taints as the conditions and spec.unschedulable ask for; taints of others stay. `mayEvict` false leaves out the NoExecute ones.
api::Value wantedTaints(const api::Value& node, bool mayEvict, const std::string& now);

bool nodeReady(const api::Value& node);
bool wantsEviction(const api::Value& node); // Ready is False or Unknown

// How fast nodes of a zone may be emptied, so that a broken network does not empty the cluster (upstream's rules).
enum class ZoneState { Normal, PartialDisruption, FullDisruption };
ZoneState zoneState(std::size_t nodes, std::size_t notReady);
double evictionsPerSecond(ZoneState state, std::size_t nodes);

} // namespace kates::controllers
