#include "app/dock/forward_tunnel.h"

#include "app/base/text.h"

namespace kates::app {

namespace {

enum Channel : char { Data = 0, Error = 1 };

} // namespace

ForwardTunnel::ForwardTunnel(QTcpSocket* local, const Endpoint& endpoint, const QString& path, int port)
    : m_local(local)
    , m_remote(this)
{
    m_local->setParent(this);
    m_local->setReadBufferSize(kTunnelBufferMax);
    connect(m_local, &QTcpSocket::readyRead, this, &ForwardTunnel::pump);
    connect(m_local, &QTcpSocket::disconnected, this, [this] { finish({}); });
    connect(m_local, &QTcpSocket::bytesWritten, this, [this] {
        if (m_local->bytesToWrite() < kTunnelBufferMax)
            m_remote.setReading(true);
    });
    connect(&m_remote, &WebSocket::opened, this, [this] {
        m_open = true;
        pump();
    });
    connect(&m_remote, &WebSocket::sent, this, &ForwardTunnel::pump);
    connect(&m_remote, &WebSocket::message, this, &ForwardTunnel::onMessage);
    connect(&m_remote, &WebSocket::closed, this, [this](int, const QString& problem) { finish(problem); });
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("ports"), QString::number(port));
    m_remote.open(endpoint, path, query, { "v4.channel.k8s.io" });
}

void ForwardTunnel::onMessage(const QByteArray& message)
{
    if (message.isEmpty())
        return;
    if (m_portsToCome > 0 && message.size() == 3) {
        --m_portsToCome;
        return;
    }
    if (message[0] == Error) {
        m_problem = displayText({ message.constData() + 1, std::size_t(message.size() - 1) }, 500);
        return;
    }
    m_local->write(message.constData() + 1, message.size() - 1);
    emit moved(message.size() - 1);
    if (m_local->bytesToWrite() > kTunnelBufferMax)
        m_remote.setReading(false);
}

void ForwardTunnel::pump()
{
    while (m_open && m_local->bytesAvailable() > 0 && m_remote.unsent() < kTunnelBufferMax) {
        const QByteArray bytes = m_local->read(kTunnelMessageMax);
        m_remote.send(QByteArray(1, Data) + bytes);
        emit moved(bytes.size());
    }
}

void ForwardTunnel::finish(const QString& problem)
{
    if (std::exchange(m_ended, true))
        return;
    m_remote.disconnect(this);
    m_remote.close();
    m_local->disconnect(this);
    if (m_problem.isEmpty())
        m_problem = problem;
    // What the pod said is still written to who asked.
    if (m_local->state() == QAbstractSocket::UnconnectedState)
        return emit ended(m_problem);
    connect(m_local, &QTcpSocket::disconnected, this, [this] { emit ended(m_problem); });
    m_local->disconnectFromHost();
}

} // namespace kates::app
