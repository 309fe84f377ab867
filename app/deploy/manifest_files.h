// What stands at the paths that were dropped: manifests to read, and folders that another program has to make manifests of. Blocks; not for the GUI
// thread.
#pragma once

#include <QTemporaryDir>

#include "app/deploy/manifest.h"

namespace kates::app {

inline constexpr int kManifestFilesMax = 2000;

// A folder (or chart archive) whose manifests only its own program can make.
struct ManifestBuild {
    enum Kind { Kustomization, Chart };
    Kind kind;
    QString path;
    QString shown;
    QString name, version; // Chart
    QString defaults; // Chart: its values.yaml
};

struct ManifestScan {
    std::vector<ManifestSource> sources;
    std::vector<ManifestBuild> builds;
    std::vector<ManifestDocument> problems;
    std::vector<std::shared_ptr<QTemporaryDir>> unpacked; // the builds may lie in there
};

// Files as they are; archives unpacked and walked as a folder; folders walked for *.yaml, *.yml and *.json (not hidden ones, no symbolic links). A
// folder with a kustomization or a Chart.yaml is a build, never plain manifests; one further down has to be dropped itself. What cannot be read
// becomes a problem.
[[nodiscard]] ManifestScan scanManifests(const QStringList& paths);

} // namespace kates::app
