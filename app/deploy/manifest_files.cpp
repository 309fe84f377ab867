#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include "app/deploy/manifest.h"

namespace kates::app {

namespace {

void loadFile(const QString& path, const QString& shown, std::vector<ManifestSource>& sources, std::vector<ManifestDocument>& problems)
{
    QFile file(path);
    if (!QFileInfo(path).isFile())
        problems.push_back({ shown, 1, {}, QStringLiteral("This is neither a file nor a folder.") });
    else if (file.size() > kManifestBytesMax)
        problems.push_back({ shown, 1, {}, QStringLiteral("The file is larger than 8 MB.") });
    else if (!file.open(QIODevice::ReadOnly))
        problems.push_back({ shown, 1, {}, file.errorString() });
    else
        sources.push_back({ shown, file.read(kManifestBytesMax) });
}

} // namespace

std::vector<ManifestSource> loadManifestFiles(const QStringList& paths, std::vector<ManifestDocument>& problems)
{
    std::vector<ManifestSource> sources;
    for (const QString& path : paths) {
        const QFileInfo info(path);
        if (!info.isDir()) {
            loadFile(path, info.fileName(), sources, problems);
            continue;
        }
        QStringList found;
        QDirIterator files(path, { QStringLiteral("*.yaml"), QStringLiteral("*.yml"), QStringLiteral("*.json") }, QDir::Files | QDir::NoSymLinks,
            QDirIterator::Subdirectories);
        while (files.hasNext() && found.size() <= kManifestFilesMax)
            found.append(files.next());
        found.sort();
        if (found.isEmpty())
            problems.push_back({ info.fileName(), 1, {}, QStringLiteral("There is no YAML or JSON file in this folder.") });
        if (found.size() > kManifestFilesMax)
            problems.push_back({ info.fileName(), 1, {}, QStringLiteral("There are more than 500 files in this folder; only the first are taken.") });
        for (const QString& file : std::as_const(found))
            loadFile(file, info.dir().relativeFilePath(file), sources, problems);
    }
    return sources;
}

} // namespace kates::app
