// What the engine's cluster runners share.
#pragma once

#include <memory>

#include "engine/client/client.h"
#include "engine/client/informer.h"
#include "engine/cluster/paths.h"
#include "engine/launcher/launcher.h"
#include "engine/launcher/preflight.h"

namespace kates::cluster {

namespace resources {
inline const client::Resource clusters{"engine.kates.dev", "v1alpha1", "clusters"};
inline const client::Resource machines{"engine.kates.dev", "v1alpha1", "machines"};
inline const client::Resource remoteClusters{"engine.kates.dev", "v1alpha1", "remoteclusters"};
} // namespace resources

// Of the engine's own API: where it keeps what belongs to its objects (kubeconfigs of remote clusters).
constexpr const char* kSystemNamespace = "kates-system";

struct EngineContext {
    Loop& loop;
    Paths paths;
    std::shared_ptr<client::Client> client; // to the engine's own API
    launcher::Launcher& launcher;
    ProcessLauncher& processes;
    // Of this host, checked once; on a thread of its own.
    std::function<Task<std::vector<launcher::PreflightCheck>>()> preflight;
    // What must be in the content store before the first node starts (the sample image). The error is a sentence.
    std::function<Task<Result<std::string>>()> loadSampleImage;
};

} // namespace kates::cluster
