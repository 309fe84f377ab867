// What can be done to several objects of one kind at once. Nothing happens before run(); what would happen, and the kubectl command that does the
// same, can be read before. GUI thread.
#pragma once

#include <QVariantList>
#include <qqmlregistration.h>

#include <optional>
#include <set>

#include "app/details/access.h"
#include "app/discovery/discovery.h"
#include "app/informer/informer.h"
#include "app/shell/notices.h"

namespace kates::app {

inline constexpr int kBulkInFlight = 6;
inline constexpr int kBulkShownMax = 200; // names in a preview
inline constexpr int kBulkNamespacesAsked = 20; // access is asked for in each of them

struct BulkTarget {
    QString ns, name;
    std::string uid;
};

class BulkActions : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QStringList available READ available NOTIFY targetsChanged) // of: delete, label, restart, scale, cordon, uncordon
    Q_PROPERTY(int count READ count NOTIFY targetsChanged)
    Q_PROPERTY(QStringList names READ names NOTIFY targetsChanged) // "namespace/name", the first of them
    Q_PROPERTY(QString kind READ kind NOTIFY targetsChanged)
    // What else goes when they are deleted: maps {kind, count, names}.
    Q_PROPERTY(QVariantList owned READ owned NOTIFY ownedChanged)
    Q_PROPERTY(int accessRevision READ accessRevision NOTIFY accessChanged) // for bindings that call whyNot()
    Q_PROPERTY(bool running READ running NOTIFY progressed)
    Q_PROPERTY(int done READ done NOTIFY progressed)
    Q_PROPERTY(int total READ total NOTIFY progressed)
public:
    using Relations = std::function<std::vector<std::pair<ResourceInfo, Informer*>>()>;

    BulkActions(DataThread& thread, ApiClient& client, Notices& notices, const QString& root, Relations relations, QObject* parent = nullptr);

    // Asks the server what the user may do with them.
    void setTargets(const ResourceInfo& info, std::vector<BulkTarget> targets);
    void setReadOnly(bool readOnly);

    QStringList available() const;
    int count() const { return int(m_targets.size()); }
    QStringList names() const;
    QString kind() const { return m_info.kind; }
    QVariantList owned() const { return m_owned; }
    int accessRevision() const { return m_accessRevision; }
    bool running() const { return m_inFlight > 0; }
    int done() const { return m_done; }
    int total() const { return m_total; }

    // A sentence when it may not be done: the cluster is read-only, or the server says no. "" when it may.
    Q_INVOKABLE QString whyNot(const QString& action) const;
    // `argument`: the replicas to scale to; KEY=VALUE, or KEY- to take a label away.
    Q_INVOKABLE QString command(const QString& action, const QString& argument = {}) const; // kubectl's, a line per namespace
    // A sentence about an argument that cannot be used; "" when it can.
    Q_INVOKABLE QString problemOf(const QString& action, const QString& argument) const;
    Q_INVOKABLE void findOwned(); // fills `owned`
    Q_INVOKABLE void run(const QString& action, const QString& argument = {});

signals:
    void targetsChanged();
    void ownedChanged();
    void accessChanged();
    void progressed();
    void finished(const QString& action, int done, int failed);

private:
    struct Run {
        QString action, argument;
        ResourceInfo info;
        std::vector<BulkTarget> targets;
        std::size_t next = 0;
        QStringList failures;
    };

    void sendNext();
    void onAnswer(const BulkTarget& target, const ApiReply& reply);
    void finish();
    void askAccess();

    DataThread& m_thread;
    ApiClient& m_client;
    Notices& m_notices;
    Access m_access;
    Relations m_relations;
    ResourceInfo m_info;
    std::vector<BulkTarget> m_targets;
    QVariantList m_owned;
    bool m_readOnly = false;
    int m_accessRevision = 0;
    Run m_run;
    int m_inFlight = 0, m_done = 0, m_total = 0;
};

// The request that does `action` to one object of a kind.
[[nodiscard]] ApiRequest bulkRequest(const ResourceInfo& info, const BulkTarget& target, const QString& action, const QString& argument);

} // namespace kates::app
