// What the processes of clusters use, when somebody asks: clusters/NAME/metrics of the engine's API. Between questions nothing runs; the last look is kept,
// so that who asks again gets the use since then.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/loop.h"
#include "engine/base/task.h"
#include "engine/cluster/engine/process_usage.h"

namespace kates::cluster {

// The clock of processes ticks every 10 ms: over less time figures say little, and over much more not what is now.
constexpr auto kMetricsWindowMin = std::chrono::milliseconds(500);
constexpr auto kMetricsWindowMax = std::chrono::seconds(60);

class ClusterMetrics {
public:
    explicit ClusterMetrics(Loop& loop) : m_loop(loop) {}

    struct Watched {
        std::string name; // of the Machine
        int pid = 0;
        std::filesystem::path directory;
        bool runsPods = false;
    };
    // A ClusterMetrics document. Takes kMetricsWindowMin when the last look is too long ago.
    [[nodiscard]] Task<api::Value> of(std::string cluster, std::vector<Watched> machines);

private:
    struct Look {
        MonotonicTime time;
        ProcessTable table;
    };
    Task<Look> look();

    Loop& m_loop;
    std::optional<Look> m_last;
};

} // namespace kates::cluster
