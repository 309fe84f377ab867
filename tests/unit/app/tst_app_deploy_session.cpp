#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest>

#include "app/shell/session.h"
#include "tests/unit/app/support/scenario.h"

using namespace kates::app;
using namespace kates::app::test;
using kates::api::Value;

namespace {

const QString kApps = FakeApiServer::appsPath(QStringLiteral("dev"));
const QString kCore = FakeApiServer::corePath(QStringLiteral("dev"));

constexpr const char* kWeb = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, generation: 1}\nspec: {replicas: 2}\n";

} // namespace

class TestDeploySession : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        server = std::make_unique<FakeApiServer>();
        server->addCluster(QStringLiteral("dev"));
        folder = std::make_unique<QTemporaryDir>();
        server->writeConnectionFile(folder->filePath(QStringLiteral("engine.kubeconfig")));
        session = std::make_unique<Session>(folder->filePath(QStringLiteral("engine.kubeconfig")));
        tester = std::make_unique<QAbstractItemModelTester>(deploy().items(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(session->engine()->state(), EngineLink::Connected);
        session->openCluster(QStringLiteral("dev"));
    }
    void cleanup()
    {
        tester.reset();
        session.reset();
        server.reset();
    }

    void showsWhatWouldChangeAndChangesNothing()
    {
        server->put(kApps, QStringLiteral("deployments"), makeDeployment(QStringLiteral("default"), QStringLiteral("web"), 1, 1));
        deploy().openText(QString::fromLatin1(kWeb) + QStringLiteral("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}\n"));
        QTRY_COMPARE(deploy().toApply(), 2);
        QCOMPARE(item(0).phase, DeployPhase::Created);
        QCOMPARE(item(1).phase, DeployPhase::Changed);
        QCOMPARE(item(1).diff.added, 1);
        QCOMPARE(item(1).diff.removed, 1);
        QCOMPARE(server->get(kApps, QStringLiteral("deployments"), QStringLiteral("default/web")).get("spec", "replicas").asInt(), 1);
        QCOMPARE(server->count(kCore, QStringLiteral("configmaps")), 0);
        const QStringList patches = server->requests().filter(QStringLiteral("PATCH"));
        QCOMPARE(patches.size(), 2);
        for (const QString& patch : patches) {
            QVERIFY(patch.contains(QLatin1String("dryRun=All")));
            QVERIFY(patch.contains(QLatin1String("fieldManager=kates-desktop")));
            QVERIFY(patch.contains(QLatin1String("fieldValidation=Strict")));
        }
    }

    void appliesAndFollowsUntilReady()
    {
        deploy().openText(QString::fromLatin1(kWeb));
        QTRY_COMPARE(deploy().toApply(), 1);
        QSignalSpy applied(&deploy(), &DeploySession::applied);
        deploy().apply();
        QTRY_COMPARE(item(0).phase, DeployPhase::Following);
        QCOMPARE(applied.size(), 1);
        QCOMPARE(deploy().stage(), DeploySession::Following);
        QTRY_COMPARE(item(0).message, QStringLiteral("0/2"));
        server->put(kApps, QStringLiteral("deployments"), makeDeployment(QStringLiteral("default"), QStringLiteral("web"), 2, 2));
        QTRY_COMPARE(item(0).phase, DeployPhase::Ready);
        QCOMPARE(deploy().stage(), DeploySession::Finished);
    }

    void halfValidManifestsKeepTheirGoodHalf()
    {
        deploy().openText(
            QString::fromLatin1(kWeb) + QStringLiteral("---\nkind: ConfigMap\n---\napiVersion: v1\nkind: Wombat\nmetadata: {name: w}\n"));
        QTRY_COMPARE(deploy().toApply(), 1);
        QTRY_COMPARE(deploy().problems(), 2);
        QCOMPARE(server->requests().filter(QStringLiteral("PATCH")).size(), 1);
    }

    void theServersRefusalIsShownByField()
    {
        server->setAdmission([](const Value&) {
            return kates::api::invalid(
                "apps", "Deployment", "web", { { "FieldValueInvalid", "Invalid value: -1: must be 0 or more", "spec.replicas" } });
        });
        deploy().openText(QString::fromLatin1(kWeb));
        QTRY_COMPARE(item(0).phase, DeployPhase::Refused);
        QCOMPARE(item(0).message, QStringLiteral("spec.replicas: Invalid value: -1: must be 0 or more"));
        QCOMPARE(deploy().toApply(), 0);
    }

    void anObjectWhoseNamespaceComesWithItIsAccepted()
    {
        server->setAdmission([](const Value& object) -> std::optional<kates::api::StatusError> {
            if (object.str("metadata", "namespace") == "shop")
                return kates::api::notFound({ "", "namespaces" }, "shop");
            return {};
        });
        deploy().openText(QStringLiteral(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: shop}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"));
        QTRY_COMPARE(deploy().toApply(), 2);
        QCOMPARE(item(0).document.kind(), QStringLiteral("Namespace"));
        QVERIFY(item(1).message.contains(QLatin1String("shop")));
    }

    void anObjectWhoseKindComesWithItWaitsForIt()
    {
        const QString group = FakeApiServer::groupPath(QStringLiteral("dev"), "example.org/v1");
        server->setReaction([&](const QString& plural, const Value&) {
            if (plural == QLatin1String("customresourcedefinitions"))
                server->addResource({ group, QStringLiteral("gadgets"), QStringLiteral("Gadget"), true, {} });
        });
        deploy().openText(QStringLiteral(
            "apiVersion: example.org/v1\nkind: Gadget\nmetadata: {name: g}\n---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
            "metadata: {name: gadgets.example.org}\nspec: {group: example.org, names: {kind: Gadget, plural: gadgets}}\n"));
        QTRY_COMPARE(deploy().toApply(), 2);
        QVERIFY2(item(1).message.contains(QLatin1String("once its kind is there")), qPrintable(item(1).message));
        deploy().apply();
        QTRY_COMPARE_WITH_TIMEOUT(item(1).phase, DeployPhase::Ready, 10'000);
        QVERIFY(!server->get(group, QStringLiteral("gadgets"), QStringLiteral("default/g")).isNull());
    }

    void undoPutsBackWhatWasThere()
    {
        server->put(kApps, QStringLiteral("deployments"), makeDeployment(QStringLiteral("default"), QStringLiteral("web"), 1, 1));
        deploy().openText(QString::fromLatin1(kWeb) + QStringLiteral("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}\n"));
        QTRY_COMPARE(deploy().toApply(), 2);
        QVERIFY(!deploy().canUndo());
        deploy().apply();
        QTRY_COMPARE(deploy().stage(), DeploySession::Following);
        QCOMPARE(server->get(kApps, QStringLiteral("deployments"), QStringLiteral("default/web")).get("spec", "replicas").asInt(), 2);
        QCOMPARE(deploy().affected().size(), 2);
        QVERIFY(!deploy().affected()[0].toMap().value(QStringLiteral("uid")).toString().isEmpty());
        QVERIFY(deploy().canUndo());
        deploy().undo();
        QTRY_COMPARE(deploy().stage(), DeploySession::Finished);
        QCOMPARE(item(0).phase, DeployPhase::Undone);
        QCOMPARE(item(1).phase, DeployPhase::Undone);
        QCOMPARE(server->get(kApps, QStringLiteral("deployments"), QStringLiteral("default/web")).get("spec", "replicas").asInt(), 1);
        QCOMPARE(server->count(kCore, QStringLiteral("configmaps")), 0);
        QVERIFY(!deploy().canUndo());
    }

    void undoLeavesWhatSomebodyElseChanged()
    {
        server->put(kApps, QStringLiteral("deployments"), makeDeployment(QStringLiteral("default"), QStringLiteral("web"), 1, 1));
        deploy().openText(QString::fromLatin1(kWeb));
        QTRY_COMPARE(deploy().toApply(), 1);
        deploy().apply();
        QTRY_COMPARE(deploy().stage(), DeploySession::Following);
        Value other = makeDeployment(QStringLiteral("default"), QStringLiteral("web"), 7, 7);
        other.edit("metadata").set("generation", 5);
        server->put(kApps, QStringLiteral("deployments"), other);
        deploy().undo();
        QTRY_COMPARE(item(0).phase, DeployPhase::Failed);
        QVERIFY(item(0).message.contains(QLatin1String("Somebody else")));
        QCOMPARE(server->get(kApps, QStringLiteral("deployments"), QStringLiteral("default/web")).get("spec", "replicas").asInt(), 7);
    }

    void aServerThatVanishesMidWayLosesNothing()
    {
        QString text;
        for (int i = 0; i < 20; ++i)
            text += QStringLiteral("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c%1}\n").arg(i, 2, 10, QLatin1Char('0'));
        deploy().openText(text);
        QTRY_COMPARE(deploy().toApply(), 20);
        connect(&deploy(), &DeploySession::applied, this, [this, count = 0]() mutable {
            if (++count == 5)
                server->goAway();
        });
        deploy().apply();
        QTRY_COMPARE(deploy().stage(), DeploySession::Review);
        QVERIFY2(!deploy().interruption().isEmpty(), qPrintable(deploy().interruption()));
        QCOMPARE(deploy().toApply(), 15);
        QCOMPARE(deploy().items()->countOf(DeployPhase::Ready), 5);
        QVERIFY(deploy().canUndo());
        deploy().disconnect(this);
        server->comeBack();
        QTRY_COMPARE_WITH_TIMEOUT(session->engine()->state(), EngineLink::Connected, 20'000);
        deploy().apply();
        QTRY_COMPARE(deploy().stage(), DeploySession::Finished);
        QCOMPARE(server->count(kCore, QStringLiteral("configmaps")), 20);
    }

    void whyItIsNotReadyIsThePodsReason()
    {
        server->setReaction([this](const QString& plural, const Value&) {
            if (plural != QLatin1String("deployments"))
                return;
            PodOptions pod;
            pod.name = QStringLiteral("web-1");
            pod.app = QStringLiteral("web");
            pod.state = QStringLiteral("ImagePullBackOff");
            pod.node = QStringLiteral("node-1");
            server->put(kCore, QStringLiteral("pods"), makePod(pod));
        });
        deploy().openText(QStringLiteral("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, generation: 1}\n"
                                         "spec: {replicas: 1, selector: {matchLabels: {app: web}}}\n"));
        QTRY_COMPARE(deploy().toApply(), 1);
        deploy().apply();
        QTRY_VERIFY2(item(0).message.contains(QLatin1String("web-1: ImagePullBackOff")), qPrintable(item(0).message));
    }

    void manyDocumentsDoNotBlockTheWindow()
    {
        QString text;
        for (int i = 0; i < 3000; ++i)
            text += QStringLiteral("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c%1}\n").arg(i);
        qint64 longest = 0;
        tester.reset(); // it looks at every row again and again
        QElapsedTimer last;
        QTimer beat;
        connect(&beat, &QTimer::timeout, this, [&] {
            longest = last.isValid() ? std::max(longest, last.elapsed()) : 0;
            last.start();
        });
        beat.start(1);
        deploy().openText(text);
        QTRY_COMPARE_WITH_TIMEOUT(deploy().items()->countOf(DeployPhase::Created), 3000, 60'000);
        QVERIFY2(longest < 250, qPrintable(QString::number(longest))); // generous: the machine may be busy
    }

    void mistypedKindsGetASuggestion()
    {
        deploy().openText(QStringLiteral("apiVersion: apps/v1\nkind: Deploymnet\nmetadata: {name: w}\n"));
        QTRY_COMPARE(item(0).phase, DeployPhase::Refused);
        QVERIFY2(item(0).message.contains(QLatin1String("Did you mean Deployment?")), qPrintable(item(0).message));
    }

    void addressesAreNotFetched()
    {
        deploy().openText(QStringLiteral("https://example.org/evil.yaml\n"));
        QTRY_COMPARE(deploy().stage(), DeploySession::Review);
        QCOMPARE(item(0).phase, DeployPhase::Invalid);
        QVERIFY(item(0).message.contains(QLatin1String("not fetched")));
        QCOMPARE(deploy().draft(), QStringLiteral("https://example.org/evil.yaml\n"));
    }

    void aChartWithoutHelmAndAKustomizationWithoutKubectlSaySo()
    {
        QDir dir(folder->path());
        for (const char* name : { "chart/Chart.yaml", "k/kustomization.yaml" }) {
            dir.mkpath(QFileInfo(QLatin1String(name)).path());
            QFile file(dir.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("name: shop\n");
        }
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", folder->path().toUtf8());
        deploy().openFiles({ QUrl::fromLocalFile(dir.filePath("chart")), QUrl::fromLocalFile(dir.filePath("k")) });
        QTRY_COMPARE(deploy().stage(), DeploySession::Review);
        qputenv("PATH", path);
        QVERIFY2(item(0).message.contains(QLatin1String("helm")), qPrintable(item(0).message));
        QVERIFY2(item(1).message.contains(QLatin1String("kustomize")), qPrintable(item(1).message));
        QCOMPARE(deploy().toApply(), 0);
    }

    void conflictsNameTheManager()
    {
        kates::api::StatusError error = kates::api::conflict({ "apps", "deployments" }, "web", "Apply failed");
        error.causes = { { "FieldManagerConflict", "conflict with \"hpa\" using apps/v1", ".spec.replicas" } };
        QCOMPARE(conflictSentence(error),
            QStringLiteral("“hpa” manages spec.replicas here, with other values.\nLeave these fields out of the manifest, or take them over."));
    }

    void conflictsCanBeForced()
    {
        server->put(kApps, QStringLiteral("deployments"), makeDeployment(QStringLiteral("default"), QStringLiteral("web"), 1, 1));
        bool conflicting = true;
        server->setAdmission([&](const Value&) -> std::optional<kates::api::StatusError> {
            if (conflicting)
                return kates::api::conflict(
                    { "apps", "deployments" }, "web", "Apply failed with 1 conflict: conflict with \"kubectl\": .spec.replicas");
            return {};
        });
        deploy().openText(QString::fromLatin1(kWeb));
        QTRY_COMPARE(item(0).phase, DeployPhase::Refused);
        QVERIFY(item(0).conflict);
        conflicting = false;
        deploy().forceConflict(item(0).id);
        QTRY_COMPARE(item(0).phase, DeployPhase::Changed);
        QVERIFY(server->requests().last().contains(QLatin1String("force=true")));
    }

    void withoutAClusterItWaitsForOne()
    {
        session->openCluster({});
        deploy().openText(QString::fromLatin1(kWeb));
        QTRY_COMPARE(deploy().stage(), DeploySession::Review);
        QCOMPARE(deploy().toApply(), 0);
        session->openCluster(QStringLiteral("dev"));
        QTRY_COMPARE(deploy().toApply(), 1);
    }

private:
    DeploySession& deploy() { return *session->deploy(); }
    const DeployItem& item(int row)
    {
        static const DeployItem none;
        return row < deploy().items()->count() ? deploy().items()->items()[std::size_t(row)] : none;
    }
    std::unique_ptr<FakeApiServer> server;
    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<Session> session;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

QTEST_GUILESS_MAIN(TestDeploySession)
#include "tst_app_deploy_session.moc"
