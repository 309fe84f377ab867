// The port-forwards of one cluster: those that run, and those of earlier that can be started again. Remembered in the user's configuration. GUI thread.
#pragma once

#include <QAbstractListModel>
#include <qqmlregistration.h>

#include "app/dock/port_forwarder.h"
#include "app/tasks/tasks.h"

namespace kates::app {

inline constexpr int kForwardsMax = 50;

class PortForwards : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the dock")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int active READ active NOTIFY countChanged) // that listen
public:
    enum Phase {
        Stopped = ForwardState::Stopped,
        Starting = ForwardState::Starting,
        Waiting = ForwardState::Waiting,
        Ready = ForwardState::Ready,
        Failed = ForwardState::Failed
    };
    Q_ENUM(Phase)
    enum Roles { TitleRole = Qt::UserRole, PortRole, LocalPortRole, UrlRole, PhaseRole, DetailRole, ProblemRole, ConnectionsRole, TotalRole, CommandRole };

    PortForwards(DataThread& thread, ApiClient& client, Tasks& tasks, QString cluster, QString root, Informer& pods, QObject* parent = nullptr);
    ~PortForwards() override;

    void setEndpoint(const Endpoint& endpoint); // for connections from now on
    int count() const { return int(m_forwards.size()); }
    int active() const;

    // Begins to forward; one that is stopped is started again. Gives its row, -1 when there are too many.
    int add(const ForwardSpec& spec);
    Q_INVOKABLE void start(int row);
    Q_INVOKABLE void stop(int row); // stays in the list
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void copyUrl(int row);
    Q_INVOKABLE void open(int row); // in the browser

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void countChanged();

private:
    struct Forward {
        ForwardSpec spec;
        ForwardState state;
        DataPtr<PortForwarder> worker;
        int task = 0;
        int serial = 0;
    };
    int rowOf(int serial) const;
    void onTarget(int serial, const ApiReply& reply);
    void setState(int row, const ForwardState& state);
    QString detailOf(const Forward& forward) const;
    QString urlOf(const Forward& forward) const;
    void load();
    void save() const;

    DataThread& m_thread;
    ApiClient& m_client;
    Tasks& m_tasks;
    const QString m_cluster, m_root;
    Informer& m_pods;
    Endpoint m_endpoint;
    std::vector<Forward> m_forwards;
    int m_lastSerial = 0;
};

} // namespace kates::app
