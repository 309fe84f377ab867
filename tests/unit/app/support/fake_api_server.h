// A Kubernetes-style API server for tests of the window: real HTTPS on a free loopback port, real list and watch semantics (pages, revisions, 410,
// bookmarks), tables, patches, dry run, logs, discovery; and faults on demand. It runs on a thread of its own, so that a test can watch the GUI
// thread alone. All public functions may be called from any thread and return when they have taken effect.
#pragma once

#include <QObject>
#include <QSslServer>
#include <QTemporaryDir>
#include <QThread>

#include <functional>
#include <memory>

#include "tests/unit/app/support/fake_store.h"

namespace kates::app::test {

class FakeConnection;
struct FakeRequest;
struct FakeAnswer;

class FakeApiServer {
public:
    FakeApiServer();
    ~FakeApiServer();

    void addResource(const FakeResource& resource);
    // The kinds that the window knows, of one cluster behind the engine, and one custom kind.
    void addCluster(const QString& name);
    // "clusters" of the engine; added by the constructor.
    static QString enginePath() { return QStringLiteral("/apis/engine.kates.dev/v1alpha1"); }
    static QString corePath(const QString& cluster) { return QStringLiteral("/clusters/%1/api/v1").arg(cluster); }
    static QString groupPath(const QString& cluster, const char* groupVersion)
    {
        return QStringLiteral("/clusters/%1/apis/%2").arg(cluster, QLatin1String(groupVersion));
    }
    static QString appsPath(const QString& cluster) { return QStringLiteral("/clusters/%1/apis/apps/v1").arg(cluster); }

    void put(const QString& groupVersionPath, const QString& plural, const api::Value& object);
    void putYaml(const QString& groupVersionPath, const QString& plural, const char* yaml);
    void remove(const QString& groupVersionPath, const QString& plural, const QString& key);
    api::Value get(const QString& groupVersionPath, const QString& plural, const QString& key);
    int count(const QString& groupVersionPath, const QString& plural);

    QString connectionYaml() const;
    void writeConnectionFile(const QString& path) const;

    // Faults.
    void goAway(); // closes the port and every connection
    void comeBack(); // on the same port
    void compact(); // and end the watches: they will get 410
    void dropConnections(); // but keep the port open
    void refuse(int code, const char* reason, const char* message); // every request; code 0 ends it
    void forbid(const QString& path); // requests to exactly this path get 403 from now on
    // Called for every object that is written; a status refuses it.
    void setAdmission(std::function<std::optional<api::StatusError>(const api::Value&)> admission);
    // Called on the server's thread after each successful write that is not a dry run; may call put() and so on.
    void setReaction(std::function<void(const QString& plural, const api::Value&)> reaction);
    // Called on the server's thread before each page of a list but the first; it may wait (not for ever).
    void setPageGate(std::function<void()> gate);
    void appendLog(const QString& podPath, const QByteArray& line); // and to those who follow
    void endLogs(const QString& podPath); // in order, for those who follow: the container ended

    QStringList requests() const; // "METHOD /path?query", in order
    int openWatches() const;

private:
    friend class FakeConnection;
    friend class FakeHandlers;
    template <typename Work> auto onThread(Work work) const;
    void wakeWatches();

    QTemporaryDir m_settings; // nothing is remembered from one server to the next, nor from the user's own window
    QThread m_thread;
    std::unique_ptr<QObject> m_context;
    std::unique_ptr<QSslServer> m_listener;
    quint16 m_port = 0;
    FakeStore m_store;
    std::vector<FakeConnection*> m_connections;
    QStringList m_requests;
    std::optional<api::StatusError> m_refusal;
    QStringList m_forbidden;
    std::function<std::optional<api::StatusError>(const api::Value&)> m_admission;
    std::function<void(const QString&, const api::Value&)> m_reaction;
    std::function<void()> m_pageGate;
    std::map<QString, QByteArrayList> m_logs;
};

} // namespace kates::app::test
