// A container runtime whose pods run nothing: for `kates node --simulated N` and for tests in simulated time.
//
// Every image is present and every container runs at once (after startDelay), until it is stopped: then it exits with 0 at once. Two annotations of
// the pod make its containers end by themselves:
//   kates.dev/simulated-run-duration: "90s"   how long after its start (a number and ms, s, m or h)
//   kates.dev/simulated-exit-code: "1"        with which code; 0 when absent
// exec, attach and port forwarding are refused: there is nothing to talk to. Nothing is kept over a restart of the process.
//
// A pod of one container takes a few hundred bytes (tests/bench/runtime measures it): texts are packed, what repeats is stored once.
#pragma once

#include <memory>

#include "engine/base/loop.h"
#include "engine/base/random.h"
#include "engine/runtime/container_runtime.h"

namespace kates::runtime {

struct SimulatedRuntimeOptions {
    Duration startDelay{}; // between startContainer and Running
};

constexpr std::string_view kSimulatedRunDurationAnnotation = "kates.dev/simulated-run-duration";
constexpr std::string_view kSimulatedExitCodeAnnotation = "kates.dev/simulated-exit-code";

[[nodiscard]] std::unique_ptr<ContainerRuntime> makeSimulatedRuntime(Loop& loop, Random& random, SimulatedRuntimeOptions options = {});

} // namespace kates::runtime
