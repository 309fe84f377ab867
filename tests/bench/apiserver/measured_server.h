// The server under measurement: a child process, its address, and the CPU time that it has used.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "engine/base/process.h"
#include "engine/http/client.h"

namespace kates::bench {

class MeasuredServer {
public:
    // Starts it on `dir` and waits until it answers.
    static Result<std::unique_ptr<MeasuredServer>> start(Loop& loop, const std::filesystem::path& dir);
    ~MeasuredServer();
    const http::Endpoint& endpoint() const { return m_endpoint; }
    double cpuSeconds() const;
    long residentKilobytes() const;

private:
    std::unique_ptr<ProcessLauncher> m_launcher;
    std::unique_ptr<Process> m_process;
    http::Endpoint m_endpoint;
};

constexpr std::string_view kToken = "bench-token";

} // namespace kates::bench
