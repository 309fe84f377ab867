// Running a command in a container: `exec` of crun or runc as our child, which passes on streams, signals and the exit code.
//
// With a terminal, the program gets one of ours as its own; it makes another one inside the container and copies between them.
#pragma once

#include <filesystem>

#include "engine/api/value.h"
#include "engine/base/process.h"
#include "engine/runtime/container_runtime.h"
#include "engine/runtime/oci/oci_program.h"

namespace kates::runtime {

struct ExecStart {
    OciProgram program;
    std::filesystem::path bundle; // of the container; the exec's own files go there too
    std::string token;            // names them
    ExecRequest request;
    api::Value process;           // as in config.json
};

[[nodiscard]] Result<std::unique_ptr<ExecSession>> startExec(Loop& loop, ProcessLauncher& launcher, ExecStart start);

} // namespace kates::runtime
