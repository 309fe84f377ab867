// A node's network, seen from the kubelet: a namespace and an address per pod.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/task.h"

namespace kates::network {

struct PodNetworkStatus {
    std::string networkNamespace; // path under the run directory
    std::vector<std::string> addresses;
};

class PodNetwork {
public:
    virtual ~PodNetwork() = default;
    // Makes the pod's namespace, its link to the node and its address. Idempotent per podUid, over restarts too: an existing one is given back.
    [[nodiscard]] virtual Task<Result<PodNetworkStatus>> attach(std::string podUid) = 0;
    [[nodiscard]] virtual Task<Result<void>> detach(std::string podUid) = 0; // idempotent; frees the address
    virtual std::vector<std::string> attached() const = 0; // uids: to clean up pods that are gone
    virtual std::string nodeNamespace() const = 0; // path; empty: the host's
    virtual std::string dnsServer() const = 0;     // what resolv.conf in a pod names
};

} // namespace kates::network
