// Says on a pod why it is about to be deleted by the system: the condition DisruptionTarget, which job failure policies read.
#pragma once

#include "engine/client/client.h"

namespace kates::controllers {

// `phase` not empty: set with it (Failed, for a pod whose kubelet is gone).
Task<api::ApiResult<api::Value>> markDisrupted(
    client::Client& client, api::Value pod, std::string reason, std::string message, std::string now, std::string phase = std::string());

} // namespace kates::controllers
