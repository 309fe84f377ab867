// The resources that controllers name beside those of client.h.
#pragma once

#include "engine/client/client.h"

namespace kates::controllers::resources {

using namespace client::resources;
inline const client::Resource controllerRevisions{"apps", "v1", "controllerrevisions"};
inline const client::Resource daemonSets{"apps", "v1", "daemonsets"};
inline const client::Resource statefulSets{"apps", "v1", "statefulsets"};
inline const client::Resource jobs{"batch", "v1", "jobs"};
inline const client::Resource cronJobs{"batch", "v1", "cronjobs"};
inline const client::Resource podDisruptionBudgets{"policy", "v1", "poddisruptionbudgets"};
inline const client::Resource persistentVolumeClaims{"", "v1", "persistentvolumeclaims"};

} // namespace kates::controllers::resources
