// May a pod with these rules be on this node: spec.nodeSelector and the required part of spec.affinity.nodeAffinity.
#pragma once

#include "engine/api/value.h"

namespace kates::controllers {

bool nodeMatches(const api::Value& podSpec, const api::Value& node);

} // namespace kates::controllers
