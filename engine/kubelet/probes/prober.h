// One probe or lifecycle handler, run once: exec, httpGet, tcpSocket, grpc.
#pragma once

#include <string>

#include "engine/api/value.h"
#include "engine/runtime/container_runtime.h"

namespace kates::kubelet {

struct ProbeTarget {
    std::string containerId;
    std::string podIp;
    std::string networkNamespace; // from where the pod's address is reached; empty: the host's
    api::Value container;         // for named ports
};

struct ProbeOutcome {
    enum class Result { Success, Failure, Unknown } result = Result::Unknown;
    std::string message;
};

// Never takes longer than `timeout` (by much).
[[nodiscard]] Task<ProbeOutcome> runHandler(Loop& loop, runtime::ContainerRuntime& runtime, ProbeTarget target, api::Value handler, Duration timeout);

} // namespace kates::kubelet
