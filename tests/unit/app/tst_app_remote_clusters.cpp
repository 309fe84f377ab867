// Remote clusters and protection on the fake server: attaching, consent, detaching, read-only.
#include <QTemporaryDir>
#include <QtTest>

#include "app/base/text.h"
#include "app/shell/session.h"
#include "tests/unit/app/support/scenario.h"

using namespace kates::app;
using namespace kates::app::test;
using kates::api::Value;

namespace {

const QString kRemotes = QStringLiteral("remoteclusters");
const QString kSecrets = QStringLiteral("secrets");
const QString kEngineCore = QStringLiteral("/api/v1");

constexpr const char* kConfig = "apiVersion: v1\nkind: Config\ncurrent-context: a/prod\n"
                                "clusters: [{name: c, cluster: {server: 'https://prod.example:6443'}}]\n"
                                "users: [{name: u, user: {token: top-secret}}]\n"
                                "contexts: [{name: a/prod, context: {cluster: c, user: u}}]\n";

} // namespace

class TestRemoteClusters : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        folder = std::make_unique<QTemporaryDir>();
        server = std::make_unique<FakeApiServer>();
        populate(*server);
        const QString file = folder->filePath(QStringLiteral("engine.kubeconfig"));
        server->writeConnectionFile(file);
        session = std::make_unique<Session>(file);
        QTRY_COMPARE(session->clusters()->count(), 4);
        QFile config(configPath());
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(kConfig);
    }
    void cleanup()
    {
        session.reset();
        server.reset();
    }

    void attachesAContextAndKeepsTheCredentialsInTheEngine()
    {
        attach();
        const Value remote = server->get(FakeApiServer::enginePath(), kRemotes, QStringLiteral("prod"));
        QCOMPARE(toQString(remote.str("spec", "access")), QStringLiteral("ReadOnly"));
        QVERIFY(QRegularExpression(QStringLiteral("^#[0-9a-f]{6}$")).match(toQString(remote.str("spec", "displayColor"))).hasMatch());
        const QString secret = toQString(remote.str("spec", "kubeconfigSecretRef", "name"));
        const Value stored = server->get(kEngineCore, kSecrets, QStringLiteral("kates-system/") + secret);
        QCOMPARE(toQString(stored.str("type")), QStringLiteral("cluster.x-k8s.io/secret"));
        QVERIFY(QByteArray::fromBase64(QByteArray::fromStdString(std::string(stored.str("data", "value")))).contains("top-secret"));
        QVERIFY(session->remoteActions()->contexts().isEmpty()); // nothing stays in the window
    }

    void aRefusedAttachmentLeavesNoCredentials()
    {
        server->setAdmission([](const Value& object) -> std::optional<kates::api::StatusError> {
            if (object.str("kind") != "RemoteCluster")
                return {};
            kates::api::StatusError error;
            error.code = 403;
            error.message = "no more clusters today";
            return error;
        });
        QSignalSpy failed(session->remoteActions(), &RemoteActions::attachFailed);
        open();
        session->remoteActions()->attach(QStringLiteral("a/prod"), QStringLiteral("prod"), true, QStringLiteral("red"));
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed[0][0].toString(), QStringLiteral("no more clusters today"));
        QTRY_COMPARE(server->count(kEngineCore, kSecrets), 0);
    }

    void aMalformedFileIsNamedWithAFix()
    {
        QFile config(configPath());
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("contexts: {");
        config.close();
        session->remoteActions()->openFile(QUrl::fromLocalFile(configPath()));
        QTRY_VERIFY(!session->remoteActions()->reading());
        QVERIFY(session->remoteActions()->problem().contains(configPath()));
        QVERIFY(session->remoteActions()->fix().contains(QLatin1String("kubectl config view")));
    }

    void aRemoteClusterIsReadOnlyAndRedUntilItIsUnlocked()
    {
        attach();
        server->addCluster(QStringLiteral("prod"));
        session->openCluster(QStringLiteral("prod"));
        ClusterSession& prod = *session->cluster();
        QVERIFY(prod.remote());
        QVERIFY(prod.readOnly());
        QCOMPARE(prod.protectionColor(), QStringLiteral("red"));
        session->openCluster(QStringLiteral("dev"));
        QVERIFY(!session->cluster()->readOnly());
        QCOMPARE(session->cluster()->protectionColor(), QString());

        session->protection()->setReadOnly(QStringLiteral("prod"), false);
        session->protection()->setColor(QStringLiteral("prod"), QStringLiteral("violet"));
        QTRY_VERIFY(!prod.readOnly());
        QTRY_COMPARE(prod.protectionColor(), QStringLiteral("violet"));
        session->protection()->setReadOnly(QStringLiteral("prod"), true);
        QTRY_VERIFY(prod.readOnly());
    }

    void nothingIsWrittenToWhatIsReadOnly()
    {
        session->openCluster(QStringLiteral("dev"));
        QTRY_VERIFY(session->cluster()->live());
        session->protection()->setReadOnly(QStringLiteral("dev"), true);
        QVERIFY(session->cluster()->readOnly());
        ClusterSession& dev = *session->cluster();
        QTRY_VERIFY(dev.catalog()->loaded());
        QVERIFY(dev.openDetails(QStringLiteral("apps/v1"), QStringLiteral("Deployment"), QStringLiteral("shop"), QStringLiteral("web")));
        QTRY_VERIFY(dev.details()->found());
        dev.details()->actions()->scale(1);
        QTRY_COMPARE(session->notices()->rowCount(), 1);
        const QModelIndex notice = session->notices()->index(0);
        QVERIFY(session->notices()->data(notice, Notices::DetailRole).toString().contains(QLatin1String("read-only")));
        for (const QString& request : server->requests())
            QVERIFY2(request.startsWith(QLatin1String("GET")) || request.contains(QLatin1String("accessreviews")), qPrintable(request));
        session->protection()->setReadOnly(QStringLiteral("dev"), false);
        dev.details()->actions()->scale(1);
        QTRY_VERIFY(!server->requests().filter(QStringLiteral("PATCH /clusters/dev")).isEmpty()
            || !server->requests().filter(QStringLiteral("PUT /clusters/dev")).isEmpty());
    }

    void consentIsToTheCommandThatWasShown()
    {
        attach();
        Value remote = server->get(FakeApiServer::enginePath(), kRemotes, QStringLiteral("prod"));
        remote.edit("status").set("execCommand", "aws eks get-token");
        server->put(FakeApiServer::enginePath(), kRemotes, remote);
        QTRY_COMPARE(session->remoteClusters()->value(0, QStringLiteral("execCommand")).toString(), QStringLiteral("aws eks get-token"));
        session->remoteActions()->consent(QStringLiteral("prod"), QStringLiteral("something else"));
        session->remoteActions()->consent(QStringLiteral("prod"), QStringLiteral("aws eks get-token"));
        QTRY_COMPARE(server->requests().filter(QStringLiteral("PATCH")).size(), 1);
        QTRY_COMPARE(toQString(server->get(FakeApiServer::enginePath(), kRemotes, QStringLiteral("prod")).str("spec", "execPlugin", "approvedCommand")),
            QStringLiteral("aws eks get-token"));
    }

    void detachingKeepsNothing()
    {
        attach();
        session->preferences()->setClusterValue(QStringLiteral("prod"), QStringLiteral("namespaces"), QStringLiteral("x"));
        session->remoteActions()->detach(QStringLiteral("prod"));
        QTRY_COMPARE(session->remoteClusters()->count(), 0);
        QTRY_COMPARE(server->count(kEngineCore, kSecrets), 0);
        QVERIFY(!session->preferences()->clusterValue(QStringLiteral("prod"), QStringLiteral("namespaces")).isValid());
    }

    void namesAreMadeFromContexts_data()
    {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("name");
        QTest::newRow("arn") << QStringLiteral("arn:aws:eks:eu-west-1:1234:cluster/Prod_EU") << QStringLiteral("prod-eu");
        QTest::newRow("user") << QStringLiteral("admin@lab.example") << QStringLiteral("admin-lab-example");
        QTest::newRow("signs") << QStringLiteral("///") << QStringLiteral("remote");
        QTest::newRow("long") << QString(300, u'a') << QString(40, u'a');
        QTest::newRow("foreign") << QString::fromUtf8("кластер") << QStringLiteral("remote");
    }
    void namesAreMadeFromContexts()
    {
        QFETCH(QString, context);
        QFETCH(QString, name);
        QCOMPARE(session->remoteActions()->nameFor(context), name);
        QVERIFY(session->clusterActions()->nameProblem(name).isEmpty());
    }

private:
    QString configPath() const { return folder->filePath(QStringLiteral("config")); }
    void open()
    {
        session->remoteActions()->openFile(QUrl::fromLocalFile(configPath()));
        QTRY_COMPARE(session->remoteActions()->contexts().size(), 1);
    }
    void attach()
    {
        QSignalSpy attached(session->remoteActions(), &RemoteActions::attached);
        open();
        session->remoteActions()->attach(QStringLiteral("a/prod"), QStringLiteral("prod"), true, QStringLiteral("red"));
        QTRY_COMPARE(attached.size(), 1);
        QTRY_COMPARE(session->remoteClusters()->count(), 1);
    }
    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<FakeApiServer> server;
    std::unique_ptr<Session> session;
};

QTEST_GUILESS_MAIN(TestRemoteClusters)
#include "tst_app_remote_clusters.moc"
