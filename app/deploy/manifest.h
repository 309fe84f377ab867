// What was dropped on the window, read into documents: several files, several documents in each, YAML or JSON. Pure; runs off the GUI thread.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

#include "engine/api/value.h"

namespace kates::app {

inline constexpr qint64 kManifestBytesMax = 8 << 20;
inline constexpr qint64 kManifestBytesTotal = 64 << 20; // of all files together
inline constexpr int kManifestDocumentsMax = 10'000;

struct ManifestSource {
    QString name; // the file's name, or "pasted text"
    QByteArray text;
};

struct ManifestDocument {
    QString source;
    int line = 1;
    api::Value object;
    QString problem; // when it cannot be used, with what to do about it; `object` may then be null
    std::shared_ptr<const QByteArray> text {}; // of the whole source

    QString kind() const;
    QString apiVersion() const;
    QString ns() const;
    QString name() const;
};

// Every document, the unusable ones with their problem, in the order in which they should be applied: namespaces and definitions first, then
// configuration, then workloads, then the rest (Helm's order); within a kind, as they were written. Lists are taken apart. A document that cannot be
// read leaves the others of its file usable.
[[nodiscard]] std::vector<ManifestDocument> readManifests(const std::vector<ManifestSource>& sources);

// The line of a field like "spec.template.spec.containers[0].image" in the document; 0 when it cannot be told.
[[nodiscard]] int lineOfField(const ManifestDocument& document, const QString& field);

} // namespace kates::app
