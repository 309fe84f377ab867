#include "tests/unit/app/support/fake_api_server.h"

#include <QFile>
#include <QSettings>
#include <QSslKey>

#include "app/base/text.h"
#include "engine/api/yaml.h"
#include "tests/unit/app/support/fake_connection.h"

namespace kates::app::test {

namespace {

QByteArray testFile(const char* name)
{
    QFile file(QStringLiteral(KATES_TEST_DATA "/app/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

template <typename Work> auto FakeApiServer::onThread(Work work) const
{
    // A reaction runs on the server's thread already.
    if (QThread::currentThread() == &m_thread)
        return work();
    if constexpr (std::is_void_v<decltype(work())>) {
        QMetaObject::invokeMethod(m_context.get(), work, Qt::BlockingQueuedConnection);
    } else {
        decltype(work()) result {};
        QMetaObject::invokeMethod(
            m_context.get(), [&] { result = work(); }, Qt::BlockingQueuedConnection);
        return result;
    }
}

FakeApiServer::FakeApiServer()
    : m_context(std::make_unique<QObject>())
{
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    addResource({ enginePath(), QStringLiteral("clusters"), QStringLiteral("Cluster"), false, {} });
    addResource({ enginePath(), QStringLiteral("remoteclusters"), QStringLiteral("RemoteCluster"), false, {} });
    addResource({ QStringLiteral("/api/v1"), QStringLiteral("namespaces"), QStringLiteral("Namespace"), false, {} });
    addResource({ QStringLiteral("/api/v1"), QStringLiteral("secrets"), QStringLiteral("Secret"), true, {} });
    addResource({ enginePath(), QStringLiteral("machines"), QStringLiteral("Machine"), false, {} });
    m_context->moveToThread(&m_thread);
    m_thread.start();
    comeBack();
}

FakeApiServer::~FakeApiServer()
{
    goAway();
    m_thread.quit();
    m_thread.wait();
}

void FakeApiServer::addResource(const FakeResource& resource) { m_store.add(resource); }

void FakeApiServer::addCluster(const QString& name)
{
    const auto add = [this](const QString& path, const char* plural, const char* kind, bool namespaced, const char* shortName) {
        addResource({ path, QLatin1String(plural), QLatin1String(kind), namespaced, { QLatin1String(shortName) } });
    };
    const auto addAll = [&] {
        add(corePath(name), "namespaces", "Namespace", false, "ns");
        add(corePath(name), "nodes", "Node", false, "no");
        add(corePath(name), "pods", "Pod", true, "po");
        add(corePath(name), "services", "Service", true, "svc");
        add(corePath(name), "configmaps", "ConfigMap", true, "cm");
        add(corePath(name), "events", "Event", true, "ev");
        add(corePath(name), "secrets", "Secret", true, "sec");
        add(corePath(name), "serviceaccounts", "ServiceAccount", true, "sa");
        add(corePath(name), "persistentvolumeclaims", "PersistentVolumeClaim", true, "pvc");
        add(appsPath(name), "deployments", "Deployment", true, "deploy");
        add(appsPath(name), "replicasets", "ReplicaSet", true, "rs");
        add(appsPath(name), "statefulsets", "StatefulSet", true, "sts");
        add(appsPath(name), "daemonsets", "DaemonSet", true, "ds");
        add(groupPath(name, "batch/v1"), "jobs", "Job", true, "");
        add(groupPath(name, "batch/v1"), "cronjobs", "CronJob", true, "cj");
        add(groupPath(name, "policy/v1"), "poddisruptionbudgets", "PodDisruptionBudget", true, "pdb");
        add(groupPath(name, "networking.k8s.io/v1"), "ingresses", "Ingress", true, "ing");
        add(groupPath(name, "discovery.k8s.io/v1"), "endpointslices", "EndpointSlice", true, "");
        add(groupPath(name, "coordination.k8s.io/v1"), "leases", "Lease", true, "");
        add(groupPath(name, "apiextensions.k8s.io/v1"), "customresourcedefinitions", "CustomResourceDefinition", false, "crd");
        add(groupPath(name, "example.dev/v1"), "widgets", "Widget", true, "wd");
    };
    onThread(addAll);
}

void FakeApiServer::comeBack()
{
    onThread([this] {
        m_listener = std::make_unique<QSslServer>();
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(QSslCertificate(testFile("loopback.crt")));
        tls.setPrivateKey(QSslKey(testFile("loopback.key"), QSsl::Ec));
        m_listener->setSslConfiguration(tls);
        QObject::connect(m_listener.get(), &QSslServer::pendingConnectionAvailable, m_listener.get(), [this] {
            while (auto* socket = qobject_cast<QSslSocket*>(m_listener->nextPendingConnection()))
                new FakeConnection(*this, socket);
        });
        if (!m_listener->listen(QHostAddress::LocalHost, m_port))
            qFatal("the fake server cannot listen: %s", qPrintable(m_listener->errorString()));
        m_port = m_listener->serverPort();
    });
}

void FakeApiServer::goAway()
{
    onThread([this] { m_listener.reset(); });
    dropConnections();
}

void FakeApiServer::dropConnections()
{
    onThread([this] {
        const auto connections = m_connections;
        for (FakeConnection* connection : connections)
            connection->drop();
    });
}

void FakeApiServer::compact()
{
    onThread([this] { m_store.compact(); });
    dropConnections();
}

void FakeApiServer::refuse(int code, const char* reason, const char* message)
{
    onThread([&] {
        m_refusal.reset();
        if (code != 0) {
            api::StatusError error;
            error.code = code;
            error.reason = reason;
            error.message = message;
            m_refusal = error;
        }
    });
    dropConnections();
}

void FakeApiServer::forbid(const QString& path)
{
    onThread([&] { m_forbidden.append(path); });
}

void FakeApiServer::setAdmission(std::function<std::optional<api::StatusError>(const api::Value&)> admission)
{
    onThread([&] { m_admission = std::move(admission); });
}

void FakeApiServer::setPageGate(std::function<void()> gate)
{
    onThread([&] { m_pageGate = std::move(gate); });
}

void FakeApiServer::setReaction(std::function<void(const QString&, const api::Value&)> reaction)
{
    onThread([&] { m_reaction = std::move(reaction); });
}

void FakeApiServer::put(const QString& groupVersionPath, const QString& plural, const api::Value& object)
{
    onThread([&] {
        m_store.put(*m_store.find(groupVersionPath, plural), object);
        wakeWatches();
    });
}

void FakeApiServer::putYaml(const QString& groupVersionPath, const QString& plural, const char* yaml)
{
    const auto documents = api::parseYaml(yaml);
    if (!documents)
        qFatal("the test's YAML is wrong: %s", documents.error().message.c_str());
    for (const api::YamlDocument& document : *documents)
        put(groupVersionPath, plural, document.value);
}

void FakeApiServer::remove(const QString& groupVersionPath, const QString& plural, const QString& key)
{
    onThread([&] {
        m_store.remove(*m_store.find(groupVersionPath, plural), toStd(key));
        wakeWatches();
    });
}

api::Value FakeApiServer::get(const QString& groupVersionPath, const QString& plural, const QString& key)
{
    return onThread([&]() -> api::Value {
        FakeCollection* collection = m_store.find(groupVersionPath, plural);
        const auto known = collection->objects.find(toStd(key));
        return known == collection->objects.end() ? api::Value() : known->second;
    });
}

int FakeApiServer::count(const QString& groupVersionPath, const QString& plural)
{
    return onThread([&] { return int(m_store.find(groupVersionPath, plural)->objects.size()); });
}

void FakeApiServer::appendLog(const QString& podPath, const QByteArray& line)
{
    onThread([&] {
        m_logs[podPath].append(line);
        wakeWatches();
    });
}

void FakeApiServer::endLogs(const QString& podPath)
{
    onThread([&] {
        for (FakeConnection* connection : m_connections)
            connection->endLog(podPath + QStringLiteral("/log"));
    });
}

void FakeApiServer::wakeWatches()
{
    for (FakeConnection* connection : m_connections) {
        if (connection->watching())
            connection->sendNews();
    }
}

QStringList FakeApiServer::requests() const
{
    return onThread([this] { return m_requests; });
}

int FakeApiServer::openWatches() const
{
    return onThread(
        [this] { return int(std::count_if(m_connections.begin(), m_connections.end(), [](const FakeConnection* c) { return c->watching(); })); });
}

QString FakeApiServer::connectionYaml() const
{
    return QStringLiteral("apiVersion: v1\nkind: Config\ncurrent-context: engine\ncontexts:\n- name: engine\n  context: {cluster: engine, user: me}\n"
                          "clusters:\n- name: engine\n  cluster:\n    server: https://127.0.0.1:%1\n    certificate-authority-data: %2\n"
                          "users:\n- name: me\n  user: {token: test-token}\n")
        .arg(m_port)
        .arg(QString::fromLatin1(testFile("loopback.crt").toBase64()));
}

void FakeApiServer::writeConnectionFile(const QString& path) const
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(connectionYaml().toUtf8()) < 0)
        qFatal("%s cannot be written", qPrintable(path));
}

} // namespace kates::app::test
