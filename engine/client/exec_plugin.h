// Runs one credential plug-in and keeps what it gave until that expires or the server refuses it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/base/process.h"
#include "engine/client/exec_command.h"
#include "engine/client/login_path.h"

namespace kates::client {

constexpr auto kExecPluginTimeout = std::chrono::seconds(30);
constexpr std::size_t kExecPluginOutputMax = 1u << 20; // of each of its two outputs
// A credential is replaced this long before it expires.
constexpr auto kExecExpiryMargin = std::chrono::seconds(5);
// How long a failure answers those who ask again: many informers must not start as many plug-ins.
constexpr auto kExecFailureRemembered = std::chrono::seconds(5);

class ExecPlugin {
public:
    // `info` is the content of KUBERNETES_EXEC_INFO. The others must outlive this object.
    ExecPlugin(Loop& loop, ProcessLauncher& processes, LoginPath& path, ExecCommand command, std::string info, Duration timeout = kExecPluginTimeout);
    ~ExecPlugin(); // a plug-in that runs is killed; whoever waits for it gets an error

    // Runs it when there is nothing valid; callers that come meanwhile wait for the same run. An error holds the command line and the last line of its
    // standard error.
    [[nodiscard]] Task<Result<ExecCredential>> credential();
    // The server did not accept this one: the next call runs the plug-in again. Nothing when a newer one has been given since.
    void refused(const ExecCredential& credential);

private:
    struct State;
    static Task<void> run(std::shared_ptr<State> state);
    static Task<Result<ExecCredential>> ask(std::shared_ptr<State> state);
    std::shared_ptr<State> m_state;
};

} // namespace kates::client
