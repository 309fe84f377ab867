// Signals as events of the loop (signalfd). Call blockSignals() before any thread starts, so that no thread takes them.
#pragma once

#include <functional>
#include <vector>

#include "engine/base/loop.h"

namespace kates {

void blockSignals(const std::vector<int>& signals);
// Called on the loop's thread for each of the blocked signals that arrives.
[[nodiscard]] Registration onSignal(Loop& loop, const std::vector<int>& signals, std::function<void(int signal)> callback);

} // namespace kates
