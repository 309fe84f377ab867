// The startup, liveness and readiness probes of one running container. Starts with the container and ends with this object.
#pragma once

#include <functional>
#include <memory>

#include "engine/kubelet/probes/prober.h"

namespace kates::kubelet {

class ContainerProbes {
public:
    // `changed` is called after every change of what the getters say; `report` with a failure's kind and message, for an event.
    struct Callbacks {
        std::function<void()> changed;
        std::function<void(const std::string& kind, const std::string& message)> report;
    };
    ContainerProbes(Loop& loop, runtime::ContainerRuntime& runtime, ProbeTarget target, Callbacks callbacks);
    ~ContainerProbes(); // no callback after this

    bool started() const; // the startup probe has succeeded, or there is none
    bool ready() const;   // started, and the readiness probe's last verdict (true without one)
    // The startup or liveness probe has given up: the container is to be killed.
    bool failed() const;
    const std::string& failure() const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace kates::kubelet
