#include "app/deploy/manifest_reader.h"

#include <QPointer>
#include <QThreadPool>

#include "app/base/data_thread.h"
#include "app/base/text.h"

namespace kates::app {

namespace {

// Files may be slow, so not on the data thread, where the cluster's news would have to wait.
template <typename Work, typename Then> void inBackground(ManifestReader* reader, Work work, Then then)
{
    QThreadPool::globalInstance()->start([guard = QPointer(reader), work = std::move(work), then = std::move(then)]() mutable {
        auto result = std::make_shared<decltype(work())>(work());
        postToGui(guard, [result, then = std::move(then)]() mutable { then(std::move(*result)); });
    });
}

} // namespace

QStringList kustomizeCommand(const QString& folder)
{
    if (const QString kubectl = OutsideTool::find(QStringLiteral("kubectl")); !kubectl.isEmpty())
        return { kubectl, QStringLiteral("kustomize"), folder };
    if (const QString kustomize = OutsideTool::find(QStringLiteral("kustomize")); !kustomize.isEmpty())
        return { kustomize, QStringLiteral("build"), folder };
    return {};
}

ManifestReader::ManifestReader(QObject* parent)
    : QObject(parent)
    , m_tool(this)
{
}

void ManifestReader::cancel()
{
    ++m_round;
    m_tool.cancel();
    m_scan = {};
}

void ManifestReader::readFiles(const QStringList& paths, const QStringList& addresses)
{
    cancel();
    inBackground(
        this, [paths] { return scanManifests(paths); },
        [this, addresses, round = m_round](ManifestScan scan) {
            if (round != m_round)
                return;
            for (const QString& address : addresses)
                scan.problems.push_back({ displayText(toStd(address), 200), 1, {}, tr("Addresses are not fetched: save it to a file, and drop that."), nullptr });
            onScanned(std::move(scan));
        });
}

void ManifestReader::onScanned(ManifestScan scan)
{
    m_scan = std::move(scan);
    const bool alone = m_scan.builds.size() == 1 && m_scan.sources.empty() && m_scan.builds.front().kind == ManifestBuild::Chart;
    if (alone && !OutsideTool::find(QStringLiteral("helm")).isEmpty()) {
        emit chartFound(m_scan.builds.front());
        return;
    }
    buildNext();
}

void ManifestReader::buildNext()
{
    if (m_scan.builds.empty()) {
        // What was unpacked is not needed any more.
        std::vector<ManifestSource> sources = std::move(m_scan.sources);
        return readTexts(std::move(sources), std::move(m_scan.problems));
    }
    const ManifestBuild build = m_scan.builds.front();
    m_scan.builds.erase(m_scan.builds.begin());
    const auto fail = [this, build](const QString& problem) {
        m_scan.problems.push_back({ build.shown, 1, {}, problem, nullptr });
        buildNext();
    };
    if (build.kind == ManifestBuild::Chart)
        return fail(OutsideTool::find(QStringLiteral("helm")).isEmpty()
                ? tr("This is the Helm chart %1. Deploying it takes the program helm, and there is none in the PATH.").arg(build.name)
                : tr("This is the Helm chart %1: drop it by itself.").arg(build.name));
    const QStringList command = kustomizeCommand(build.path);
    if (command.isEmpty())
        return fail(tr("This folder is a kustomization. Reading it takes kubectl or kustomize, and there is neither in the PATH."));
    m_tool.run(command.first(), command.mid(1), [this, build, fail](const ToolAnswer& answer) {
        if (!answer.problem.isEmpty())
            return fail(answer.problem);
        m_scan.sources.push_back({ build.shown, answer.output });
        buildNext();
    });
}

void ManifestReader::readTexts(std::vector<ManifestSource> sources, std::vector<ManifestDocument> problems)
{
    cancel();
    inBackground(
        this,
        [sources = std::move(sources), problems = std::move(problems)]() mutable {
            for (ManifestDocument& document : readManifests(sources))
                problems.push_back(std::move(document));
            return std::move(problems);
        },
        [this, round = m_round](const std::vector<ManifestDocument>& documents) {
            if (round == m_round)
                emit documentsRead(documents);
        });
}

} // namespace kates::app
