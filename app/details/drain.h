// Draining a node: cordons it, then evicts its pods, each as soon as its disruption budgets allow, and follows them until they are gone. It goes on
// when the drawer shows something else; there is one at a time. GUI thread.
#pragma once

#include <QTimer>
#include <QVariantList>
#include <qqmlregistration.h>

#include <set>

#include "app/details/drain_plan.h"
#include "app/models/live_resource.h"
#include "app/shell/notices.h"

namespace kates::app {

inline constexpr int kEvictAgainMs = 5000; // unless the server says when, as kubectl drain does

class Drain : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QString node READ node NOTIFY changed)
    Q_PROPERTY(Stage stage READ stage NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    // Maps {key, state, text}: what is left on the node, and what becomes of it.
    Q_PROPERTY(QVariantList pods READ pods NOTIFY changed)
    Q_PROPERTY(int toEvict READ toEvict NOTIFY changed) // with the options as they are
    Q_PROPERTY(int gone READ gone NOTIFY changed)
    Q_PROPERTY(bool wantsEmptyDir READ wantsEmptyDir NOTIFY changed) // some pod leaves only with this option
    Q_PROPERTY(bool wantsForce READ wantsForce NOTIFY changed)
    Q_PROPERTY(bool deleteEmptyDir READ deleteEmptyDir WRITE setDeleteEmptyDir NOTIFY changed)
    Q_PROPERTY(bool force READ force WRITE setForce NOTIFY changed)
public:
    enum Stage { Idle, Reading, Planned, Running, Finished, Stopped };
    Q_ENUM(Stage)

    Drain(DataThread& thread, ApiClient& client, Notices& notices, QString root, QObject* parent = nullptr);
    ~Drain() override;

    // What would happen; changes nothing. Nothing while another node is being drained.
    Q_INVOKABLE void plan(const QString& node);
    Q_INVOKABLE void start();
    Q_INVOKABLE void stop(); // evicts no more; the node stays cordoned
    Q_INVOKABLE void leave(); // forgets a plan or a result; a drain that runs goes on
    void restart(); // the server is somewhere else

    QString node() const { return m_node; }
    Stage stage() const { return m_stage; }
    QString problem() const { return m_problem; }
    QVariantList pods() const { return m_shown; }
    int toEvict() const { return m_toEvict; }
    int gone() const { return m_gone; }
    bool wantsEmptyDir() const { return m_wantsEmptyDir; }
    bool wantsForce() const { return m_wantsForce; }
    bool deleteEmptyDir() const { return m_options.deleteEmptyDir; }
    void setDeleteEmptyDir(bool on);
    bool force() const { return m_options.force; }
    void setForce(bool on);

signals:
    void changed();

private:
    enum class Step { Waiting, Asked, Leaving, Blocked, Refused };
    struct Pod {
        api::Value object;
        Step step = Step::Waiting;
        QString said; // by the server
        qint64 againAt = 0; // Blocked: when to ask again, in ms since m_clock started
    };

    void take(const std::vector<std::pair<std::string, api::Value>>& set, const std::vector<std::string>& removed);
    void evictWhatMay();
    void evict(const std::string& key);
    void onEvicted(const std::string& key, const std::string& uid, const ApiReply& reply);
    void refresh();
    void finishIfDone();
    QVariantMap shown(const std::string& key, const Pod& pod) const;

    DataThread& m_thread;
    ApiClient& m_client;
    Notices& m_notices;
    const QString m_root;
    QString m_node, m_problem;
    Stage m_stage = Idle;
    DrainOptions m_options;
    std::unique_ptr<LiveResource> m_live;
    std::map<std::string, Pod> m_pods;
    QVariantList m_shown;
    QTimer m_again; // budgets
    QElapsedTimer m_clock;
    int m_toEvict = 0, m_gone = 0, m_refused = 0;
    bool m_wantsEmptyDir = false, m_wantsForce = false;
    bool m_cordoned = false;
};

} // namespace kates::app
