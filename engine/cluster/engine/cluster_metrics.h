// What the processes of clusters use, when somebody asks: clusters/NAME/metrics of the engine's API. Between questions nothing runs; the last look is kept,
// so that who asks again gets the use since then.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/loop.h"
#include "engine/base/task.h"
#include "engine/base/process_usage.h"

namespace kates::cluster {

class ClusterMetrics {
public:
    explicit ClusterMetrics(Loop& loop) : m_loop(loop), m_meter(loop) {}

    struct Watched {
        std::string name; // of the Machine
        int pid = 0;
        std::filesystem::path directory;
        bool runsPods = false;
    };
    // A ClusterMetrics document. Takes kUsageWindowMin when the last look is too long ago.
    [[nodiscard]] Task<api::Value> of(std::string cluster, std::vector<Watched> machines);

private:
    Loop& m_loop;
    UsageMeter m_meter;
};

} // namespace kates::cluster
