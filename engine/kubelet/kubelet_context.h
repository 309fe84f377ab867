// What every pod worker of one node shares.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/client/client.h"
#include "engine/client/informer.h"
#include "engine/kubelet/kubelet_paths.h"
#include "engine/kubelet/referenced_objects.h"
#include "engine/kubelet/volumes/volume_manager.h"
#include "engine/network/pod_network.h"
#include "engine/runtime/container_runtime.h"

namespace kates::kubelet {

struct KubeletContext {
    Loop& loop;
    std::string nodeName;
    std::string hostIp; // the node's InternalIP
    std::string clusterDomain = "cluster.local";
    KubeletPaths paths;
    std::shared_ptr<client::Client> client;
    runtime::ContainerRuntime& runtime;
    network::PodNetwork& network;
    // Null on a simulated node, whose pods have no files.
    ReferencedObjects* references = nullptr;
    VolumeManager* volumes = nullptr;
    client::Informer* services = nullptr;
    // type (Normal, Warning), reason, message, about this pod.
    std::function<void(const api::Value& pod, const char* type, const char* reason, const std::string& message)> event;
    // The address of the network namespace from which pods are reached.
    std::string nodeNetworkNamespace() const { return network.nodeNamespace(); }
};

} // namespace kates::kubelet
