// Where a handler's requests go. Inside engine/kubelet/probes only.
#pragma once

#include <string>

#include "engine/kubelet/probes/prober.h"

namespace kates::kubelet {

constexpr std::size_t kProbeOutputMaxBytes = 10 * 1024; // as upstream's maxRespBodyLength

// A number, or the name of one of the container's ports. 0: there is none of that name.
[[nodiscard]] int probePort(const api::Value& port, const api::Value& container);
// The handler's own host, or the pod's address.
[[nodiscard]] std::string probeHost(const ProbeTarget& target, const api::Value& handler);

[[nodiscard]] Task<ProbeOutcome> runHttpProbe(Loop& loop, ProbeTarget target, api::Value get, Duration timeout);
[[nodiscard]] Task<ProbeOutcome> runGrpcProbe(Loop& loop, ProbeTarget target, api::Value grpc, Duration timeout);

} // namespace kates::kubelet
