// The command line's way to the engine: through its kubeconfig, like everybody's. Starts the engine when it does not run.
#pragma once

#include <memory>

#include "engine/client/http_client.h"
#include "engine/cluster/paths.h"

namespace kates::cluster::cli {

enum class StartEngine { No, Yes };

// Call before the loop has work: starting an engine waits for its ready line (at most kEngineStartTimeout).
[[nodiscard]] Result<std::shared_ptr<client::Client>> connectToEngine(Loop& loop, const Paths& paths, StartEngine start);
constexpr int kEngineStartTimeoutSeconds = 30;

// "kates: <sentence>" and "  Fix: <fix>" on standard error; gives 1.
int complain(const std::string& sentence, const std::string& fix = {});
int complain(const api::StatusError& error);

// A column layout as kubectl prints it.
void printTable(const std::vector<std::vector<std::string>>& rows);

} // namespace kates::cluster::cli
