// What several commands do with a RemoteCluster.
#pragma once

#include <memory>
#include <string>

#include "engine/client/client.h"

namespace kates::cluster::cli {

void printRemote(const api::Value& remote);
// Asks the engine to connect, waits for what comes of it and prints it. Gives the exit code.
[[nodiscard]] Task<int> remoteStatus(Loop& loop, std::shared_ptr<client::Client> client, std::string name);

} // namespace kates::cluster::cli
