// One connection of a port-forward: a local socket and a WebSocket to the pod (pods/portforward, v4.channel.k8s.io), each as fast as the slower takes it.
// Lives on the data thread.
#pragma once

#include <QTcpSocket>

#include "app/connection/web_socket.h"

namespace kates::app {

inline constexpr qint64 kTunnelBufferMax = 512 << 10; // each way; then the faster side waits
inline constexpr qint64 kTunnelMessageMax = 32 << 10;

class ForwardTunnel : public QObject {
    Q_OBJECT
public:
    // Takes the local socket over.
    ForwardTunnel(QTcpSocket* local, const Endpoint& endpoint, const QString& path, int port);

signals:
    void moved(qint64 bytes); // either way
    void ended(const QString& problem); // once; "" after an end in order

private:
    void onMessage(const QByteArray& message);
    void pump();
    void finish(const QString& problem);

    QTcpSocket* m_local;
    WebSocket m_remote;
    int m_portsToCome = 2; // the first message of either channel is its port
    bool m_open = false, m_ended = false;
    QString m_problem;
};

} // namespace kates::app
