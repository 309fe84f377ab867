// What was dropped on the window, read into documents: several files, several documents in each, YAML or JSON. Pure; runs on the data thread.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

#include "engine/api/value.h"

namespace kates::app {

inline constexpr qint64 kManifestBytesMax = 8 << 20;
inline constexpr int kManifestDocumentsMax = 2000;
inline constexpr int kManifestFilesMax = 500;

struct ManifestSource {
    QString name; // the file's name, or "pasted text"
    QByteArray text;
};

struct ManifestDocument {
    QString source;
    int line = 1;
    api::Value object;
    QString problem; // when it cannot be used; `object` may then be null

    QString kind() const;
    QString apiVersion() const;
    QString ns() const;
    QString name() const;
};

// Every document, the unusable ones with their problem, in the order in which they should be applied: namespaces and definitions first, then
// configuration, then workloads, then the rest (Helm's order); within a kind, as they were written. Lists are taken apart.
[[nodiscard]] std::vector<ManifestDocument> readManifests(const std::vector<ManifestSource>& sources);

// The manifests among these paths: files as they are, folders walked for *.yaml, *.yml and *.json (not hidden ones, no symbolic links).
// What cannot be read becomes a problem.
[[nodiscard]] std::vector<ManifestSource> loadManifestFiles(const QStringList& paths, std::vector<ManifestDocument>& problems);

} // namespace kates::app
