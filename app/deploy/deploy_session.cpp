#include "app/deploy/deploy_session.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QRegularExpression>

#include "app/base/text.h"

namespace kates::app {

using api::Value;

DeploySession::DeploySession(DataThread& thread, ApiClient& client, std::function<Endpoint()> endpoint, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_items(this)
    , m_follower(thread, client, this)
    , m_reader(this)
    , m_chart(std::move(endpoint), this)
{
    for (QTimer* timer : { &m_note, &m_kindRetry })
        timer->setSingleShot(true);
    m_note.setInterval(kDeployNoteMs);
    connect(&m_note, &QTimer::timeout, this, &DeploySession::changed);
    connect(&m_follower, &DeployFollower::statusChanged, this, &DeploySession::onFollowed);
    connect(&m_reader, &ManifestReader::documentsRead, this, &DeploySession::takeDocuments);
    connect(&m_reader, &ManifestReader::chartFound, this, [this](const ManifestBuild& chart) {
        m_chart.take(chart);
        renderChart();
    });
}

DeploySession::~DeploySession() = default;

int DeploySession::problems() const
{
    return m_items.countOf(DeployPhase::Invalid) + m_items.countOf(DeployPhase::Refused) + m_items.countOf(DeployPhase::Failed);
}

QString DeploySession::summary() const
{
    QStringList parts;
    for (int phase = 0; phase < kDeployPhases; ++phase) {
        if (const int count = m_items.countOf(DeployPhase::Value(phase)))
            parts.append(QStringLiteral("%1 %2").arg(count).arg(phaseText(DeployPhase::Value(phase))));
    }
    return parts.join(QStringLiteral("  ·  "));
}

QVariantList DeploySession::affected() const
{
    QVariantList list;
    for (const DeployItem& item : m_items.items()) {
        if (!item.document.problem.isEmpty() || list.size() == kAffectedMax)
            continue;
        const Value& known = item.applied.isNull() ? item.live : item.applied;
        QStringList owners;
        for (const Value& owner : known.get("metadata", "ownerReferences"))
            owners.append(toQString(owner.str("uid")));
        const char* change = item.live.isNull() ? "created" : item.diff.added + item.diff.removed > 0 ? "changed" : "same";
        list.append(QVariantMap { { QStringLiteral("uid"), toQString(known.str("metadata", "uid")) },
            { QStringLiteral("apiVersion"), item.document.apiVersion() }, { QStringLiteral("kind"), item.document.kind() },
            { QStringLiteral("ns"), item.ns }, { QStringLiteral("name"), item.document.name() }, { QStringLiteral("owners"), owners },
            { QStringLiteral("change"), QLatin1String(change) } });
    }
    return list;
}

void DeploySession::setTarget(const QString& cluster, Discovery* discovery)
{
    // What is being applied goes on to where it began.
    if (m_stage == Applying || m_stage == Undoing)
        return;
    m_cluster = cluster;
    m_discovery = discovery;
    if (m_stage == Review)
        recheck();
    emit changed();
}

bool DeploySession::begin()
{
    if (m_stage == Applying || m_stage == Undoing)
        return false;
    clear();
    setStage(Reading);
    emit opened();
    return true;
}

void DeploySession::openFiles(const QList<QUrl>& files)
{
    QStringList paths, addresses;
    for (const QUrl& file : files)
        (file.isLocalFile() ? paths : addresses).append(file.isLocalFile() ? file.toLocalFile() : file.toDisplayString());
    if (begin())
        m_reader.readFiles(paths, addresses);
}

void DeploySession::openText(const QString& text)
{
    if (!begin())
        return;
    if (text.size() <= kDraftMax && text != m_draft) {
        m_draft = text;
        emit draftChanged();
    }
    static const QRegularExpression address(QStringLiteral("^\\s*https?://\\S+\\s*$"));
    if (address.match(text).hasMatch())
        return m_reader.readFiles({}, { text.trimmed() });
    m_reader.readTexts({ { tr("pasted text"), text.toUtf8() } });
}

void DeploySession::openClipboard()
{
    if (!qobject_cast<QGuiApplication*>(QCoreApplication::instance()))
        return;
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    if (data && data->hasUrls() && data->urls().first().isLocalFile()) {
        openFiles(data->urls());
    } else if (data && data->hasText() && !data->text().trimmed().isEmpty()) {
        openText(data->text());
    }
}

bool DeploySession::clipboardIsLarge() const
{
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    return data && data->hasText() && data->text().size() > kDraftMax;
}

void DeploySession::renderChart()
{
    if (!m_chart.active() || (m_stage != Reading && m_stage != Review))
        return;
    setStage(Reading);
    m_chart.render([this](const QByteArray& output, const QString& problem) {
        if (problem.isEmpty())
            m_reader.readTexts({ { m_chart.shown(), output } });
        else
            takeDocuments({ { m_chart.shown(), 1, {}, problem, nullptr } });
    });
}

void DeploySession::takeDocuments(const std::vector<ManifestDocument>& documents)
{
    std::vector<DeployItem> items;
    m_newNamespaces.clear();
    m_newKinds.clear();
    for (const ManifestDocument& document : documents) {
        DeployItem item;
        item.id = ++m_lastId;
        item.document = document;
        item.phase = document.problem.isEmpty() ? DeployPhase::Checking : DeployPhase::Invalid;
        item.message = document.problem;
        if (document.problem.isEmpty() && document.kind() == QLatin1String("Namespace"))
            m_newNamespaces.insert(document.name());
        if (document.problem.isEmpty() && document.kind() == QLatin1String("CustomResourceDefinition"))
            m_newKinds.insert(toQString(document.object.str("spec", "group")) + u'/' + toQString(document.object.str("spec", "names", "kind")));
        items.push_back(std::move(item));
    }
    m_items.replace(std::move(items));
    setStage(Review);
    recheck();
}

void DeploySession::clear()
{
    if (m_stage == Applying || m_stage == Undoing)
        return;
    m_reader.cancel();
    m_chart.clear();
    m_follower.clear();
    ++m_checkRound;
    m_toCheck.clear();
    m_checking = 0;
    m_interruption.clear();
    m_items.replace({});
    setStage(Empty);
}

void DeploySession::setPhase(int id, DeployPhase::Value phase, const QString& message)
{
    m_items.setPhase(id, phase, message);
    note();
}

void DeploySession::setStage(Stage stage)
{
    m_stage = stage;
    emit changed();
}

void DeploySession::note()
{
    if (!m_note.isActive())
        m_note.start();
}

void DeploySession::settle()
{
    if (m_stage != Following && m_stage != Finished)
        return;
    const Stage stage = m_items.countOf(DeployPhase::Following) > 0 ? Following : Finished;
    if (stage != m_stage)
        setStage(stage);
}

QString DeploySession::command() const
{
    if (m_chart.active())
        return m_chart.command();
    return QStringLiteral("kubectl apply --server-side --field-manager=%1 -f FILE").arg(QLatin1String(kFieldManager));
}

} // namespace kates::app
