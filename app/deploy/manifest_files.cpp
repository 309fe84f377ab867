#include "app/deploy/manifest_files.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include "app/base/text.h"
#include "app/deploy/unpack.h"
#include "engine/api/yaml.h"

namespace kates::app {

namespace {

QString words(const char* text) { return QCoreApplication::translate("Manifest", text); }

bool isKustomization(const QDir& folder)
{
    return folder.exists(QStringLiteral("kustomization.yaml")) || folder.exists(QStringLiteral("kustomization.yml"))
        || folder.exists(QStringLiteral("Kustomization"));
}

bool isChart(const QDir& folder) { return folder.exists(QStringLiteral("Chart.yaml")); }

QByteArray contentsOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(kManifestBytesMax) : QByteArray();
}

class Scanner {
public:
    ManifestScan scan;

    void path(const QString& path)
    {
        const QFileInfo info(path);
        if (info.isDir())
            folder(QDir(path), info.fileName(), {});
        else if (looksLikeArchive(path))
            archive(path, info.fileName());
        else
            file(path, info.fileName());
    }

private:
    void problem(const QString& shown, const QString& text) { scan.problems.push_back({ shown, 1, {}, text, nullptr }); }

    void file(const QString& path, const QString& shown)
    {
        QFile file(path);
        if (!QFileInfo(path).isFile())
            return problem(shown, words(QT_TRANSLATE_NOOP("Manifest", "This is neither a file nor a folder.")));
        if (file.size() > kManifestBytesMax)
            return problem(shown, words(QT_TRANSLATE_NOOP("Manifest", "The file is larger than 8 MB.")));
        m_bytes += file.size();
        if (m_bytes > kManifestBytesTotal)
            return problem(shown, words(QT_TRANSLATE_NOOP("Manifest", "Not read: more than 64 MB were dropped together.")));
        if (!file.open(QIODevice::ReadOnly))
            return problem(shown, file.errorString());
        scan.sources.push_back({ shown, file.read(kManifestBytesMax) });
    }

    void archive(const QString& path, const QString& shown)
    {
        if (!QFileInfo(path).isFile())
            return problem(shown, words(QT_TRANSLATE_NOOP("Manifest", "This is neither a file nor a folder.")));
        auto target = std::make_shared<QTemporaryDir>();
        if (!target->isValid())
            return problem(shown, target->errorString());
        scan.unpacked.push_back(target);
        const auto unpacked = unpackArchive(path, target->path());
        if (!unpacked)
            return problem(shown, toQString(unpacked.error().message));
        for (const QString& sentence : unpacked->leftOut)
            problem(shown, sentence);
        // Most archives hold one folder.
        QDir root(target->path());
        const QStringList top = root.entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
        if (top.size() == 1 && QFileInfo(root.filePath(top[0])).isDir() && !isChart(root) && !isKustomization(root))
            root.cd(top[0]);
        folder(root, shown, path);
    }

    // `archive`: where it was unpacked from, or "".
    void folder(const QDir& top, const QString& shown, const QString& archive)
    {
        if (isChart(top))
            return chart(top, archive.isEmpty() ? top.path() : archive, shown);
        if (isKustomization(top)) {
            scan.builds.push_back({ ManifestBuild::Kustomization, top.path(), shown, {}, {}, {} });
            return;
        }
        QStringList found;
        walk(top, shown, found);
        found.sort();
        if (found.isEmpty())
            problem(shown, words(QT_TRANSLATE_NOOP("Manifest", "There is no YAML or JSON file in it.")));
        if (found.size() > kManifestFilesMax)
            problem(shown, words(QT_TRANSLATE_NOOP("Manifest", "There are more than 2,000 files in it; only the first are taken.")));
        for (const QString& path : found.mid(0, kManifestFilesMax))
            file(path, shown + u'/' + top.relativeFilePath(path));
    }

    // Links are not followed, so that no loop can hold us.
    void walk(const QDir& folder, const QString& shown, QStringList& found)
    {
        const QStringList names { QStringLiteral("*.yaml"), QStringLiteral("*.yml"), QStringLiteral("*.json") };
        for (const QString& name : folder.entryList(names, QDir::Files | QDir::NoSymLinks))
            found.append(folder.filePath(name));
        for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks)) {
            if (found.size() > kManifestFilesMax)
                return;
            const QDir below(folder.filePath(name));
            const QString place = shown + u'/' + name;
            if (isKustomization(below))
                problem(place, words(QT_TRANSLATE_NOOP("Manifest", "This folder is a kustomization, and was not read as plain files: drop it by itself.")));
            else if (isChart(below))
                problem(place, words(QT_TRANSLATE_NOOP("Manifest", "This folder is a Helm chart, and was not read as plain files: drop it by itself.")));
            else
                walk(below, place, found);
        }
    }

    void chart(const QDir& folder, const QString& path, const QString& shown)
    {
        const QByteArray text = contentsOf(folder.filePath(QStringLiteral("Chart.yaml")));
        const auto parsed = api::parseYaml({ text.constData(), std::size_t(text.size()) });
        if (!parsed || parsed->empty() || parsed->front().value.str("name").empty())
            return problem(shown, words(QT_TRANSLATE_NOOP("Manifest", "The Chart.yaml of this chart cannot be read.")));
        const api::Value& about = parsed->front().value;
        scan.builds.push_back({ ManifestBuild::Chart, path, shown, displayText(about.str("name"), 100), displayText(about.str("version"), 100),
            QString::fromUtf8(contentsOf(folder.filePath(QStringLiteral("values.yaml")))) });
    }

    qint64 m_bytes = 0;
};

} // namespace

ManifestScan scanManifests(const QStringList& paths)
{
    Scanner scanner;
    for (const QString& path : paths)
        scanner.path(path);
    return std::move(scanner.scan);
}

} // namespace kates::app
