#include "app/dock/port_forwarder.h"

#include "app/base/text.h"
#include "engine/api/meta.h"

namespace kates::app {

PortForwarder::PortForwarder(Endpoint endpoint, ForwardSpec spec, api::Value target, PodSelection selection, Informer* pods)
    : m_endpoint(std::move(endpoint))
    , m_spec(std::move(spec))
    , m_target(std::move(target))
    , m_selection(std::move(selection))
    , m_pods(pods)
    , m_server(new QTcpServer(this))
    , m_tell(new QTimer(this))
{
    m_tell->setSingleShot(true);
    m_tell->setInterval(kForwardTellMs);
    connect(m_tell, &QTimer::timeout, this, [this] { emit changed(m_state); });
    connect(m_server, &QTcpServer::newConnection, this, &PortForwarder::accept);
}

void PortForwarder::start()
{
    if (!m_server->listen(QHostAddress::LocalHost, quint16(m_spec.localPort))) {
        m_state.phase = ForwardState::Failed;
        m_state.problem = tr("Port %1 of this computer cannot be used: %2.").arg(m_spec.localPort).arg(m_server->errorString());
        emit changed(m_state);
        return;
    }
    m_server->pauseAccepting();
    m_state.localPort = m_server->serverPort();
    m_state.phase = ForwardState::Waiting;
    if (m_pods) {
        connect(m_pods, &Informer::changed, this, [this](const Deltas& deltas) {
            if (std::any_of(deltas.begin(), deltas.end(), [this](const Delta& delta) { return m_selection.matches(delta.object); }))
                choosePod();
        });
    }
    choosePod();
    emit changed(m_state);
}

void PortForwarder::choosePod()
{
    if (!m_pods)
        return;
    QString chosen;
    int port = 0;
    for (const auto& [key, pod] : m_pods->objects()) {
        if (!m_selection.matches(pod) || !takesForwards(pod, !m_selection.pod.isEmpty()))
            continue;
        const QString name = toQString(api::ObjectMeta(pod).name());
        const int podPort = kates::app::podPort(m_target, m_spec.kind, m_spec.port, pod);
        if (podPort == 0 || !(chosen.isEmpty() || name == m_state.pod || (chosen != m_state.pod && naturallyBefore(name, chosen))))
            continue; // the pod that has it keeps it
        chosen = name;
        port = podPort;
    }
    m_podPort = port;
    if (chosen == m_state.pod && (m_state.phase == ForwardState::Ready) == !chosen.isEmpty())
        return;
    m_state.pod = chosen;
    m_state.phase = chosen.isEmpty() ? ForwardState::Waiting : ForwardState::Ready;
    m_state.problem.clear();
    accept();
    emit changed(m_state);
}

void PortForwarder::admit()
{
    if (m_state.phase == ForwardState::Ready && m_state.open < kForwardConnectionsMax)
        m_server->resumeAccepting();
    else
        m_server->pauseAccepting();
}

void PortForwarder::accept()
{
    while (m_state.phase == ForwardState::Ready && m_state.open < kForwardConnectionsMax && m_server->hasPendingConnections())
        openTunnel(m_server->nextPendingConnection());
    admit();
}

void PortForwarder::openTunnel(QTcpSocket* local)
{
    const ResourceRef pods { m_spec.resource.root, {}, QStringLiteral("v1"), QStringLiteral("pods"), true };
    auto* tunnel
        = new ForwardTunnel(local, m_endpoint, pods.objectPath(m_spec.ns, m_state.pod, QStringLiteral("portforward")), m_podPort);
    tunnel->setParent(this);
    ++m_state.open;
    ++m_state.total;
    connect(tunnel, &ForwardTunnel::moved, this, [this](qint64 bytes) {
        m_state.bytes += bytes;
        tell();
    });
    connect(tunnel, &ForwardTunnel::ended, this, [this, tunnel](const QString& problem) {
        tunnel->deleteLater();
        --m_state.open;
        m_state.problem = problem;
        accept();
        tell();
    });
    tell();
}

void PortForwarder::tell()
{
    if (!m_tell->isActive())
        m_tell->start();
}

} // namespace kates::app
