// Turns what was dropped into documents, step by step and off the GUI thread: reading and unpacking, then the programs that make manifests of
// folders, then parsing. Lives on the GUI thread.
#pragma once

#include "app/deploy/manifest_files.h"
#include "app/deploy/outside_tool.h"

namespace kates::app {

class ManifestReader : public QObject {
    Q_OBJECT
public:
    explicit ManifestReader(QObject* parent = nullptr);

    // One at a time: what is under way is dropped, without a signal.
    void readFiles(const QStringList& paths, const QStringList& addresses); // `addresses` are not fetched; they become problems
    void readTexts(std::vector<ManifestSource> sources, std::vector<ManifestDocument> problems = {});
    void cancel();

signals:
    void documentsRead(const std::vector<kates::app::ManifestDocument>& documents);
    void chartFound(const kates::app::ManifestBuild& chart); // dropped by itself; what it was unpacked to stays until the next read

private:
    void onScanned(ManifestScan scan);
    void buildNext();

    OutsideTool m_tool;
    ManifestScan m_scan;
    int m_round = 0;
};

// A program that can make manifests of a kustomization, and how it is called; nothing when there is none.
[[nodiscard]] QStringList kustomizeCommand(const QString& folder);

} // namespace kates::app
