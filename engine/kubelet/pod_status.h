// From what runs to what the API shows: a pure function, so that every rule about phases and conditions can be tested without a node.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/value.h"
#include "engine/runtime/container_runtime.h"

namespace kates::kubelet {

// One container of the pod, as the pod worker knows it.
struct ContainerView {
    std::optional<runtime::ContainerStatus> current;  // the newest attempt
    std::optional<runtime::ContainerStatus> previous; // the attempt before, ended
    std::string waitingReason, waitingMessage;        // set: it is not running and will be (or can't be) started
    bool ready = false;
    bool started = false; // the startup probe has succeeded, or there is none
    int restarts = 0;
};

struct PodView {
    std::map<std::string, ContainerView> containers; // init and ephemeral ones too, by name
    std::vector<std::string> podIps;
    std::string hostIp;
    std::string startTime;
    bool sandboxReady = false;
    bool terminated = false;         // everything has stopped and nothing will start again
    std::string phase, reason, message; // forced by the node: Failed, Evicted or DeadlineExceeded, …
};

// The whole status of the pod; conditions that others own (readiness gates) are kept from the pod.
[[nodiscard]] api::Value makePodStatus(const api::Value& pod, const PodView& view, const std::string& now);

// BestEffort, Burstable or Guaranteed, from requests and limits.
[[nodiscard]] std::string qosClass(const api::Value& pod);

// An init container with restartPolicy Always: starts in order, then runs beside the others.
[[nodiscard]] bool isSidecar(const api::Value& initContainer);

} // namespace kates::kubelet
