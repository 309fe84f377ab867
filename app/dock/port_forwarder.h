// Listens on 127.0.0.1 and carries every connection to a pod: to the one that was forwarded, or to a ready one of a Service or a workload. When that pod
// goes, the next connections go to another ready one; while there is none, connections wait. Lives on the data thread.
#pragma once

#include <QTcpServer>

#include <unordered_map>

#include "app/dock/forward_spec.h"
#include "app/dock/forward_tunnel.h"
#include "app/dock/pod_selection.h"
#include "app/informer/informer.h"

namespace kates::app {

inline constexpr int kForwardConnectionsMax = 256; // at a time; more wait in the kernel's queue
inline constexpr int kForwardTellMs = 200; // counts are told no oftener

struct ForwardState {
    enum Phase { Stopped, Starting, Waiting, Ready, Failed };
    Phase phase = Stopped;
    int localPort = 0;
    QString pod; // where new connections go
    QString problem; // of Failed; otherwise the last connection's
    int open = 0; // connections
    qint64 total = 0, bytes = 0;
};

class PortForwarder : public QObject {
    Q_OBJECT
public:
    PortForwarder(Endpoint endpoint, ForwardSpec spec, api::Value target, PodSelection selection, Informer* pods);

    void start();
    void setEndpoint(const Endpoint& endpoint) { m_endpoint = endpoint; }

signals:
    void changed(const kates::app::ForwardState& state);

private:
    void choosePod();
    void accept();
    void openTunnel(QTcpSocket* local);
    void admit(); // connections, as long as there is a pod and room for them
    void tell();

    Endpoint m_endpoint;
    const ForwardSpec m_spec;
    const api::Value m_target;
    const PodSelection m_selection;
    QPointer<Informer> m_pods;
    QTcpServer* m_server; // a child: moves to the data thread with this
    QTimer* m_tell;
    ForwardState m_state;
    int m_podPort = 0;
};

} // namespace kates::app

Q_DECLARE_METATYPE(kates::app::ForwardState)
