// What this node says about itself: the Node object and its lease.
#pragma once

#include <string>
#include <vector>

#include "engine/api/value.h"
#include "engine/client/client.h"

namespace kates::kubelet {

struct NodeDescription {
    std::string name;
    std::string internalIp;
    std::string kubeletAddress; // where the API server reaches the kubelet's server: host:port (annotation kates.dev/kubelet-address)
    int kubeletPort = 0;
    std::vector<std::pair<std::string, std::string>> labels, annotations;
    bool simulated = false; // label kates.dev/simulated=true, annotation, and in the runtime's name
    std::int64_t cpuMilli = 0, memoryBytes = 0, ephemeralBytes = 0, podsMax = 110;
    std::string runtimeVersion; // "kates-runc://1.1.5"
    std::string kubeletVersion = "v1.35.0";
    std::vector<api::Value> images; // {names, sizeBytes}
};

// The object as a fresh node registers it.
[[nodiscard]] api::Value makeNode(const NodeDescription& description, const std::string& now);
// The status of a running node, on top of what the object's status says now (conditions keep their transition times).
[[nodiscard]] api::Value makeNodeStatus(const NodeDescription& description, const api::Value& node, const std::string& now);

// Total memory, cores and free disk of this machine.
void describeHost(NodeDescription& description, const std::string& directory);

} // namespace kates::kubelet
