#include "app/deploy/deploy_session.h"

#include "app/base/text.h"
#include "app/deploy/object_diff.h"

namespace kates::app {

using api::Value;

DeploySession::DeploySession(DataThread& thread, ApiClient& client, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_items(this)
    , m_follower(thread, client, this)
{
    connect(&m_follower, &DeployFollower::statusChanged, this, &DeploySession::onFollowed);
}

DeploySession::~DeploySession() = default;

int DeploySession::toApply() const
{
    return int(std::count_if(m_items.items().begin(), m_items.items().end(), [](const DeployItem& item) { return item.canApply(); }));
}

int DeploySession::checking() const
{
    return int(
        std::count_if(m_items.items().begin(), m_items.items().end(), [](const DeployItem& item) { return item.phase == DeployPhase::Checking; }));
}

int DeploySession::problems() const
{
    return int(std::count_if(m_items.items().begin(), m_items.items().end(),
        [](const DeployItem& item) { return phaseState(item.phase) == ObjectState::Failing && !item.canApply(); }));
}

QString DeploySession::summary() const
{
    QMap<DeployPhase::Value, int> counts;
    for (const DeployItem& item : m_items.items())
        ++counts[item.phase];
    QStringList parts;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count)
        parts.append(QStringLiteral("%1 %2").arg(count.value()).arg(phaseText(count.key())));
    return parts.join(QStringLiteral("  ·  "));
}

void DeploySession::setTarget(const QString& cluster, Discovery* discovery)
{
    m_cluster = cluster;
    m_discovery = discovery;
    if (m_stage == Review)
        recheck();
    emit changed();
}

void DeploySession::openFiles(const QList<QUrl>& files)
{
    QStringList paths;
    for (const QUrl& file : files) {
        if (file.isLocalFile())
            paths.append(file.toLocalFile());
    }
    read([paths] {
        std::vector<ManifestDocument> documents;
        const std::vector<ManifestSource> sources = loadManifestFiles(paths, documents);
        for (ManifestDocument& document : readManifests(sources))
            documents.push_back(std::move(document));
        return documents;
    });
}

void DeploySession::openText(const QString& text)
{
    read([text] { return readManifests({ { tr("pasted text"), text.toUtf8() } }); });
}

void DeploySession::read(std::function<std::vector<ManifestDocument>()> work)
{
    if (m_stage == Applying)
        return;
    clear();
    m_stage = Reading;
    emit changed();
    emit opened();
    m_thread.compute(this, std::move(work), [this, reading = m_reading](std::vector<ManifestDocument> documents) {
        if (reading == m_reading)
            takeDocuments(std::move(documents));
    });
}

void DeploySession::takeDocuments(std::vector<ManifestDocument> documents)
{
    std::vector<DeployItem> items;
    for (ManifestDocument& document : documents) {
        DeployItem item;
        item.id = ++m_lastId;
        item.document = std::move(document);
        item.phase = item.document.problem.isEmpty() ? DeployPhase::Checking : DeployPhase::Invalid;
        item.message = item.document.problem;
        items.push_back(std::move(item));
    }
    m_items.replace(std::move(items));
    m_stage = Review;
    recheck();
    emit changed();
}

void DeploySession::clear()
{
    if (m_stage == Applying)
        return;
    ++m_reading;
    m_follower.clear();
    m_items.replace({});
    m_stage = Empty;
    emit changed();
}

void DeploySession::applyNext()
{
    for (const DeployItem& item : m_items.items()) {
        if (!item.canApply())
            continue;
        const int id = item.id;
        const ApiRequest request = applyRequest(item, false);
        setPhase(id, DeployPhase::Applying);
        m_client.send(request, this, [this, id](const ApiReply& reply) {
            onApplied(id, reply);
            applyNext();
        });
        return;
    }
    m_stage = Following;
    settle();
}

void DeploySession::apply()
{
    if (m_stage != Review || toApply() == 0)
        return;
    m_stage = Applying;
    emit changed();
    applyNext();
}

void DeploySession::onApplied(int id, const ApiReply& reply)
{
    DeployItem* item = m_items.find(id);
    if (!item)
        return;
    if (!reply) {
        item->force = false;
        item->conflict = reply.error().isConflict();
        return setPhase(id, DeployPhase::Failed, errorSentence(reply.error()));
    }
    emit applied({ item->ns.isEmpty() ? item->document.name() : item->ns + u'/' + item->document.name() });
    if (!DeployFollower::follows(item->document.kind()))
        return setPhase(id, DeployPhase::Ready);
    setPhase(id, DeployPhase::Following);
    m_follower.follow(id, item->resource.ref, item->document.kind(), item->ns, item->document.name());
}

void DeploySession::onFollowed(int id, const StateAndText& status)
{
    const bool ready = status.state == ObjectState::Ok || status.state == ObjectState::Done || status.state == ObjectState::Neutral;
    const QString text = status.reason.isEmpty() ? status.text : status.text + QStringLiteral(" — ") + status.reason;
    setPhase(id, ready ? DeployPhase::Ready : DeployPhase::Following, text);
    settle();
}

void DeploySession::setPhase(int id, DeployPhase::Value phase, const QString& message)
{
    if (DeployItem* item = m_items.find(id)) {
        item->phase = phase;
        item->message = message;
        m_items.changed(id);
        emit changed();
    }
}

void DeploySession::settle()
{
    if (m_stage != Following && m_stage != Finished)
        return;
    const auto& items = m_items.items();
    const bool under = std::any_of(items.begin(), items.end(), [](const DeployItem& item) { return item.phase == DeployPhase::Following; });
    m_stage = under ? Following : Finished;
    emit changed();
}

QString DeploySession::command() const
{
    return QStringLiteral("kubectl apply --server-side --field-manager=%1 -f FILE").arg(QLatin1String(kFieldManager));
}

} // namespace kates::app
