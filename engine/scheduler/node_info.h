// A node with the pods on it, as the scheduler counts them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/scheduler/pod_info.h"

namespace kates::scheduler {

struct NodeInfo {
    std::string name;
    api::Value node; // null while only pods of it are known
    Resources allocatable, requested;
    std::int64_t scoreCpuMilli = 0, scoreMemoryBytes = 0;
    std::vector<Taint> taints;
    bool unschedulable = false;
    std::map<std::string, std::shared_ptr<const PodInfo>> pods; // by uid
    int podsWithAntiAffinity = 0, podsWithAffinity = 0;          // required terms; affinity of any sort

    const api::Value& labels() const { return node.get("metadata", "labels"); }
    bool known() const { return !node.isNull(); }
    void setNode(const api::Value& node);
    void addPod(std::shared_ptr<const PodInfo> pod);
    void removePod(const std::string& uid);
};

} // namespace kates::scheduler
