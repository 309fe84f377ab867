// A deployment: what was dropped, what the server would do with it, doing it, following it until it is ready, and taking it back.
//
// Checking goes on for several documents at a time; applying goes in order. A server that goes away in between stops the applying, not the deployment:
// what is left can be applied again. A new drop replaces what is here only when nothing is being applied. Lives on the GUI thread; reading files,
// parsing and comparing happen elsewhere.
#pragma once

#include <QTimer>
#include <QUrl>

#include <deque>

#include "app/connection/endpoint.h"
#include "app/deploy/chart_release.h"
#include "app/deploy/deploy_follower.h"
#include "app/deploy/deploy_model.h"
#include "app/deploy/manifest_reader.h"

namespace kates::app {

inline constexpr const char* kFieldManager = "kates-desktop";
inline constexpr int kChecksInFlight = 4;
inline constexpr int kDeployNoteMs = 16; // changed() comes at most once per frame
inline constexpr int kKindWaitMs = 30'000; // for a kind to be served after its definition was applied
inline constexpr qsizetype kDraftMax = 1 << 20; // characters
inline constexpr int kAffectedMax = 2000;

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
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY changed)
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    Q_PROPERTY(QString interruption READ interruption NOTIFY changed) // why applying stopped half way; "" otherwise
    // The Helm chart that was dropped; its name is "" when there is none.
    Q_PROPERTY(kates::app::ChartRelease* chart READ chart CONSTANT)
    // What is typed or pasted and not yet read; survives looking elsewhere.
    Q_PROPERTY(QString draft MEMBER m_draft NOTIFY draftChanged)
    // What it changes, for the map to light: maps {uid, apiVersion, kind, ns, name, change: "created" | "changed" | "same", owners: [uid]}. The uid
    // is "" while the object is not there.
    Q_PROPERTY(QVariantList affected READ affected NOTIFY changed)
public:
    enum Stage { Empty, Reading, Review, Applying, Following, Finished, Undoing };
    Q_ENUM(Stage)

    // `endpoint` says where the engine is: for programs that speak to the cluster themselves.
    DeploySession(DataThread& thread, ApiClient& client, std::function<Endpoint()> endpoint = {}, QObject* parent = nullptr);
    ~DeploySession() override;

    DeployModel* items() { return &m_items; }
    Stage stage() const { return m_stage; }
    QString cluster() const { return m_cluster; }
    int toApply() const { return m_items.countOf(DeployPhase::Created) + m_items.countOf(DeployPhase::Changed); }
    int checking() const { return m_items.countOf(DeployPhase::Checking); } // documents that the server has not answered for yet
    int problems() const;
    bool canUndo() const;
    QString summary() const;
    QString interruption() const { return m_interruption; }
    QString draft() const { return m_draft; }
    ChartRelease* chart() { return &m_chart; }
    QVariantList affected() const;

    // Where to deploy: a cluster's name, its path on the engine, and its discovery. What is here is checked anew against it.
    void setTarget(const QString& cluster, Discovery* discovery);

    Q_INVOKABLE void openFiles(const QList<QUrl>& files);
    Q_INVOKABLE void openText(const QString& text);
    Q_INVOKABLE void openClipboard(); // files that were copied, or text
    Q_INVOKABLE bool clipboardIsLarge() const; // too large for an editor
    Q_INVOKABLE void renderChart(); // after its values, name or namespace were changed
    Q_INVOKABLE void apply();
    Q_INVOKABLE void undo(); // puts back what was changed, deletes what was created
    Q_INVOKABLE void forceConflict(int itemId); // takes the fields over from who owns them
    Q_INVOKABLE void clear();
    Q_INVOKABLE void recheck();
    Q_INVOKABLE QString command() const; // the kubectl or helm command that does the same

signals:
    void changed();
    void draftChanged();
    void opened(); // something was dropped: the window shows the page
    void applied(const QStringList& keys); // "namespace/name" of what was applied, for the map to light

private:
    bool begin(); // a new deployment; false while one is being applied
    void takeDocuments(const std::vector<ManifestDocument>& documents);
    // Checking: what would the server do?
    void checkNext();
    void check(int id);
    void checked(int id, DeployPhase::Value phase, const QString& message = {});
    void onResolved(int id, const tl::expected<ResourceInfo, QString>& resource);
    void dryRun(int id, const api::Value& live);
    void onDryRun(int id, const ApiReply& reply);
    void compare(int id, const api::Value& next, const QString& message);
    bool kindComes(const ManifestDocument& document) const;
    // Applying.
    void applyNext();
    void applyItem(int id);
    void resolveThenApply(int id, int waitedMs);
    void onApplied(int id, DeployPhase::Value before, const ApiReply& reply);
    void onInstalled(const QString& problem);
    void onFollowed(int id, const StateAndText& status);
    void followItem(int id);
    // Undoing.
    void undoNext();
    void undoItem(int id);
    void restore(int id, const api::Value& current);
    void undone(int id, const ApiReply& reply);

    ApiRequest applyRequest(const DeployItem& item, bool dryRun) const;
    void setPhase(int id, DeployPhase::Value phase, const QString& message = {});
    void setStage(Stage stage);
    void note();
    void settle();

    DataThread& m_thread;
    ApiClient& m_client;
    QPointer<Discovery> m_discovery;
    QString m_cluster, m_draft, m_interruption;
    DeployModel m_items;
    DeployFollower m_follower;
    ManifestReader m_reader;
    ChartRelease m_chart;
    Stage m_stage = Empty;
    int m_lastId = 0;
    std::deque<int> m_toCheck;
    int m_checking = 0; // requests under way
    int m_checkRound = 0; // answers to earlier rounds are dropped
    QSet<QString> m_newNamespaces, m_newKinds; // that come with this deployment; kinds as "group/Kind"
    QTimer m_note, m_kindRetry;
};

// A refused apply in words: who manages the fields, and which they are.
[[nodiscard]] QString conflictSentence(const api::StatusError& error);
// A refusal with the lines of the manifest that it speaks of.
[[nodiscard]] QString refusalSentence(const ManifestDocument& document, const api::StatusError& error);

} // namespace kates::app
