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
