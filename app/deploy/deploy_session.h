// A deployment: what was dropped, what the server would do with it, doing it, and following it until it is ready.
//
// Every step is per document and goes on beside the others, except applying, which goes in order. A new drop replaces what is here only when nothing
// is being applied. Lives on the GUI thread; reading files, parsing and comparing happen on the data thread.
#pragma once

#include <QUrl>

#include <set>

#include "app/deploy/deploy_follower.h"
#include "app/deploy/deploy_model.h"

namespace kates::app {

inline constexpr const char* kFieldManager = "kates-desktop";

class DeploySession : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(kates::app::DeployModel* items READ items CONSTANT)
    Q_PROPERTY(Stage stage READ stage NOTIFY changed)
    Q_PROPERTY(QString cluster READ cluster NOTIFY changed)
    Q_PROPERTY(int toApply READ toApply NOTIFY changed)
    Q_PROPERTY(int checking READ checking NOTIFY changed)
    Q_PROPERTY(int problems READ problems NOTIFY changed)
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
public:
    enum Stage { Empty, Reading, Review, Applying, Following, Finished };
    Q_ENUM(Stage)

    DeploySession(DataThread& thread, ApiClient& client, QObject* parent = nullptr);
    ~DeploySession() override;

    DeployModel* items() { return &m_items; }
    Stage stage() const { return m_stage; }
    QString cluster() const { return m_cluster; }
    int toApply() const;
    int checking() const; // documents that the server has not answered for yet
    int problems() const;
    QString summary() const;

    // Where to deploy: a cluster's name, its path on the engine, and its discovery. What is here is checked anew against it.
    void setTarget(const QString& cluster, Discovery* discovery);

    Q_INVOKABLE void openFiles(const QList<QUrl>& files);
    Q_INVOKABLE void openText(const QString& text);
    Q_INVOKABLE void apply();
    Q_INVOKABLE void forceConflict(int itemId); // takes the fields over from who owns them
    Q_INVOKABLE void clear();
    Q_INVOKABLE void recheck();
    Q_INVOKABLE QString command() const; // the kubectl command that does the same

signals:
    void changed();
    void opened(); // something was dropped: the window shows the page
    void applied(const QStringList& keys); // "namespace/name" of what was applied, for the map to light

private:
    void read(std::function<std::vector<ManifestDocument>()> work);
    void takeDocuments(std::vector<ManifestDocument> documents);
    void check(int id);
    void onResolved(int id, const tl::expected<ResourceInfo, QString>& resource);
    void dryRun(int id, const api::Value& live);
    void onDryRun(int id, const ApiReply& reply);
    bool namespaceComes(const QString& ns) const;
    void compare(int id, const api::Value& next, const QString& message);
    void applyNext();
    void onApplied(int id, const ApiReply& reply);
    void onFollowed(int id, const StateAndText& status);
    ApiRequest applyRequest(const DeployItem& item, bool dryRun) const;
    void setPhase(int id, DeployPhase::Value phase, const QString& message = {});
    void settle();

    DataThread& m_thread;
    ApiClient& m_client;
    QPointer<Discovery> m_discovery;
    QString m_cluster;
    DeployModel m_items;
    DeployFollower m_follower;
    Stage m_stage = Empty;
    int m_lastId = 0;
    int m_reading = 0; // the latest read; older ones are dropped
};

} // namespace kates::app
