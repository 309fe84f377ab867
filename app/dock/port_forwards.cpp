#include "app/dock/port_forwards.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QSettings>
#include <QUrl>

namespace kates::app {

namespace {

QString settingsKey(const QString& cluster) { return QStringLiteral("forwards/") + cluster; }

} // namespace

PortForwards::PortForwards(
    DataThread& thread, ApiClient& client, Tasks& tasks, QString cluster, QString root, Informer& pods, QObject* parent)
    : QAbstractListModel(parent)
    , m_thread(thread)
    , m_client(client)
    , m_tasks(tasks)
    , m_cluster(std::move(cluster))
    , m_root(std::move(root))
    , m_pods(pods)
{
    load();
}

PortForwards::~PortForwards()
{
    for (const Forward& forward : m_forwards)
        m_tasks.remove(forward.task);
}

void PortForwards::load()
{
    const QStringList texts = QSettings().value(settingsKey(m_cluster)).toStringList();
    for (const QString& text : texts) {
        const auto spec = ForwardSpec::fromText(text, m_root);
        if (spec && count() < kForwardsMax)
            m_forwards.push_back({ *spec, {}, nullptr, 0, ++m_lastSerial });
    }
}

void PortForwards::save() const
{
    QStringList texts;
    for (const Forward& forward : m_forwards)
        texts.append(forward.spec.toText());
    QSettings().setValue(settingsKey(m_cluster), texts);
}

void PortForwards::setEndpoint(const Endpoint& endpoint)
{
    m_endpoint = endpoint;
    for (const Forward& forward : m_forwards) {
        if (forward.worker)
            m_thread.with(forward.worker.get(), [endpoint](PortForwarder& worker) { worker.setEndpoint(endpoint); });
    }
}

int PortForwards::active() const
{
    return int(std::count_if(m_forwards.begin(), m_forwards.end(),
        [](const Forward& forward) { return forward.state.phase == ForwardState::Ready || forward.state.phase == ForwardState::Waiting; }));
}

int PortForwards::rowOf(int serial) const
{
    const auto known = std::find_if(m_forwards.begin(), m_forwards.end(), [serial](const Forward& forward) { return forward.serial == serial; });
    return known == m_forwards.end() ? -1 : int(known - m_forwards.begin());
}

int PortForwards::add(const ForwardSpec& spec)
{
    const auto known
        = std::find_if(m_forwards.begin(), m_forwards.end(), [&](const Forward& forward) { return forward.spec.sameTarget(spec); });
    int row = int(known - m_forwards.begin());
    if (known == m_forwards.end()) {
        if (count() >= kForwardsMax)
            return -1;
        beginInsertRows({}, row, row);
        m_forwards.push_back({ spec, {}, nullptr, 0, ++m_lastSerial });
        endInsertRows();
    } else if (known->spec.localPort != spec.localPort) {
        stop(row);
        known->spec.localPort = spec.localPort;
    }
    save();
    start(row);
    emit countChanged();
    return row;
}

void PortForwards::start(int row)
{
    if (row < 0 || row >= count())
        return;
    Forward& forward = m_forwards[std::size_t(row)];
    if (forward.worker || forward.state.phase == ForwardState::Starting)
        return;
    const int serial = forward.serial;
    forward.task = m_tasks.add(Tasks::Open, tr("Port-forward: %1, port %2").arg(forward.spec.label()).arg(forward.spec.port), QStringLiteral("link"),
        [this, serial] { stop(rowOf(serial)); });
    setState(row, { .phase = ForwardState::Starting });
    const ForwardSpec& spec = forward.spec;
    m_client.send(getRequest(spec.resource.objectPath(spec.ns, spec.name)), this, [this, serial](const ApiReply& reply) { onTarget(serial, reply); });
}

void PortForwards::onTarget(int serial, const ApiReply& reply)
{
    const int row = rowOf(serial);
    if (row < 0 || m_forwards[std::size_t(row)].state.phase != ForwardState::Starting)
        return;
    Forward& forward = m_forwards[std::size_t(row)];
    if (!reply)
        return setState(row, { .phase = ForwardState::Failed, .problem = errorSentence(reply.error()) });
    const ForwardSpec& spec = forward.spec;
    const auto selection = PodSelection::of({ spec.resource, spec.kind, spec.ns, spec.name, reply->document }, {});
    if (!selection)
        return setState(row, { .phase = ForwardState::Failed, .problem = tr("%1 selects no pods.").arg(spec.label()) });
    forward.worker = makeOn<PortForwarder>(m_thread, m_endpoint, spec, reply->document, *selection, &m_pods);
    connect(forward.worker.get(), &PortForwarder::changed, this, [this, serial, worker = forward.worker.get()](const ForwardState& state) {
        const int now = rowOf(serial);
        if (now >= 0 && m_forwards[std::size_t(now)].worker.get() == worker)
            setState(now, state);
    });
    m_thread.with(forward.worker.get(), [](PortForwarder& worker) { worker.start(); });
}

void PortForwards::setState(int row, const ForwardState& state)
{
    Forward& forward = m_forwards[std::size_t(row)];
    forward.state = state;
    if (state.phase == ForwardState::Failed) {
        forward.worker.reset();
        m_tasks.finish(forward.task, Tasks::Failed, state.problem);
    } else if (state.phase == ForwardState::Stopped) {
        m_tasks.remove(forward.task);
    } else {
        m_tasks.update(forward.task, detailOf(forward));
    }
    emit dataChanged(index(row), index(row));
    emit countChanged();
}

void PortForwards::stop(int row)
{
    if (row < 0 || row >= count())
        return;
    m_forwards[std::size_t(row)].worker.reset();
    setState(row, {});
}

void PortForwards::remove(int row)
{
    if (row < 0 || row >= count())
        return;
    stop(row);
    beginRemoveRows({}, row, row);
    m_forwards.erase(m_forwards.begin() + row);
    endRemoveRows();
    save();
    emit countChanged();
}

QString PortForwards::urlOf(const Forward& forward) const
{
    if (forward.state.localPort == 0)
        return {};
    const bool secure = forward.spec.port == 443 || forward.spec.port == 8443 || forward.spec.port == 6443;
    return QStringLiteral("%1://127.0.0.1:%2").arg(secure ? QStringLiteral("https") : QStringLiteral("http")).arg(forward.state.localPort);
}

void PortForwards::copyUrl(int row)
{
    if (row >= 0 && row < count())
        QGuiApplication::clipboard()->setText(urlOf(m_forwards[std::size_t(row)]));
}

void PortForwards::open(int row)
{
    if (row >= 0 && row < count())
        QDesktopServices::openUrl(QUrl(urlOf(m_forwards[std::size_t(row)])));
}

QString PortForwards::detailOf(const Forward& forward) const
{
    switch (forward.state.phase) {
    case ForwardState::Stopped:
        return tr("Stopped");
    case ForwardState::Starting:
        return tr("Starting …");
    case ForwardState::Waiting:
        return tr("Waiting for a ready pod; connections to port %1 wait, too").arg(forward.state.localPort);
    case ForwardState::Ready:
        return tr("127.0.0.1:%1 → %2").arg(forward.state.localPort).arg(forward.state.pod);
    case ForwardState::Failed:
        break;
    }
    return forward.state.problem;
}

int PortForwards::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : count(); }

QVariant PortForwards::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Forward& forward = m_forwards[std::size_t(index.row())];
    switch (role) {
    case TitleRole:
        return forward.spec.label();
    case PortRole:
        return forward.spec.port;
    case LocalPortRole:
        return forward.state.localPort > 0 ? forward.state.localPort : forward.spec.localPort;
    case UrlRole:
        return urlOf(forward);
    case PhaseRole:
        return int(forward.state.phase);
    case DetailRole:
        return detailOf(forward);
    case ProblemRole:
        return forward.state.phase == ForwardState::Failed ? QString() : forward.state.problem;
    case ConnectionsRole:
        return forward.state.open;
    case TotalRole:
        return double(forward.state.total);
    case CommandRole:
        return forward.spec.command();
    default:
        return {};
    }
}

QHash<int, QByteArray> PortForwards::roleNames() const
{
    return { { TitleRole, "title" }, { PortRole, "port" }, { LocalPortRole, "localPort" }, { UrlRole, "url" }, { PhaseRole, "phase" },
        { DetailRole, "detail" }, { ProblemRole, "problem" }, { ConnectionsRole, "connections" }, { TotalRole, "total" }, { CommandRole, "command" } };
}

} // namespace kates::app
