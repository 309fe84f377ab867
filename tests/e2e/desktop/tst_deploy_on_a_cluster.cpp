// Run by test_deploy.py, which starts a cluster with the sample application in it, and puts a chart and a kustomization beside it.
#include <QStandardPaths>
#include <QtTest>

#include "app/shell/session.h"

using namespace kates::app;

namespace {

constexpr int kPatience = 40'000; // milliseconds; containers start meanwhile

constexpr const char* kAll = R"(
apiVersion: example.org/v1
kind: Gadget
metadata: {name: first, namespace: workshop}
spec: {size: 3}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: idle, namespace: workshop}
spec:
  replicas: 2
  selector: {matchLabels: {app: idle}}
  template:
    metadata: {labels: {app: idle}}
    spec:
      nodeSelector: {kates.dev/simulated: "true"}
      tolerations: [{operator: Exists}]
      containers: [{name: main, image: "kates.dev/sample:1"}]
---
apiVersion: v1
kind: Namespace
metadata: {name: workshop}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: gadgets.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {kind: Gadget, plural: gadgets, singular: gadget}
  versions:
  - name: v1
    served: true
    storage: true
    additionalPrinterColumns: [{name: Size, type: integer, jsonPath: .spec.size}]
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}
)";

} // namespace

class TestDeployOnACluster : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QVERIFY2(qEnvironmentVariableIsSet("KATES_CONNECTION"), "run by test_deploy.py");
        session = std::make_unique<Session>(qEnvironmentVariable("KATES_CONNECTION"));
        QTRY_COMPARE(session->engine()->state(), EngineLink::Connected);
        session->openCluster(qEnvironmentVariable("KATES_CLUSTER"));
        QTRY_VERIFY_WITH_TIMEOUT(cluster().catalog()->loaded() && cluster().synced(), kPatience);
    }
    void cleanupTestCase() { session.reset(); }

    void everyKindHasItsTable()
    {
        const auto resources = cluster().catalog()->resources();
        QVERIFY2(resources.size() > 40, qPrintable(QString::number(resources.size())));
        for (const ResourceInfo& info : resources) {
            QVERIFY(cluster().openTable(resourceId(info.ref)));
            QTRY_VERIFY2_WITH_TIMEOUT(cluster().table()->rows()->synced() && cluster().table()->columns().size() >= 2,
                qPrintable(resourceId(info.ref) + u' ' + cluster().table()->live()->problem()), kPatience);
        }
    }

    void aNamespaceAKindAndWhatNeedsThemComeTogether()
    {
        QVERIFY(!cluster().catalog()->byId(QStringLiteral("gadgets.example.org")));
        deploy().openText(QLatin1String(kAll));
        QTRY_COMPARE_WITH_TIMEOUT(deploy().toApply(), 4, kPatience);
        QCOMPARE(item(0).document.kind(), QStringLiteral("Namespace"));
        QCOMPARE(item(1).document.kind(), QStringLiteral("CustomResourceDefinition"));
        deploy().apply();
        QTRY_VERIFY2_WITH_TIMEOUT(deploy().stage() == DeploySession::Finished, qPrintable(state()), kPatience);
        QCOMPARE(deploy().items()->countOf(DeployPhase::Ready), 4);
        // The new kind is in the list, and has the column that it asked for.
        QTRY_VERIFY_WITH_TIMEOUT(cluster().openTable(QStringLiteral("gadgets.example.org")), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(cluster().table()->rows()->count(), 1, kPatience);
        QTRY_VERIFY(cluster().table()->rowText(0).startsWith(QLatin1String("first\tworkshop\t3")));
    }

    void deployingItAgainChangesNothing()
    {
        deploy().clear();
        deploy().openText(QLatin1String(kAll));
        QTRY_VERIFY2_WITH_TIMEOUT(deploy().items()->countOf(DeployPhase::Same) == 4, qPrintable(state()), kPatience);
        QCOMPARE(deploy().toApply(), 0);
    }

    void aChangeIsUndone()
    {
        deploy().clear();
        deploy().openText(QString::fromLatin1(kAll).replace(QLatin1String("replicas: 2"), QLatin1String("replicas: 3"))
            + QStringLiteral("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra, namespace: workshop}\n"));
        QTRY_VERIFY2_WITH_TIMEOUT(deploy().toApply() == 2, qPrintable(state()), kPatience);
        deploy().apply();
        QTRY_VERIFY2_WITH_TIMEOUT(deploy().stage() == DeploySession::Finished, qPrintable(state()), kPatience);
        QVERIFY(cluster().openTable(QStringLiteral("deployments.apps")));
        cluster().table()->setFilter(QStringLiteral("idle"));
        QTRY_VERIFY_WITH_TIMEOUT(cluster().table()->rowText(0).contains(QLatin1String("3/3")), kPatience);
        deploy().undo();
        QTRY_VERIFY2_WITH_TIMEOUT(deploy().stage() == DeploySession::Finished, qPrintable(state()), kPatience);
        QVERIFY2(deploy().items()->countOf(DeployPhase::Undone) == 2, qPrintable(state()));
        QTRY_VERIFY_WITH_TIMEOUT(cluster().table()->rowText(0).contains(QLatin1String("2/2")), kPatience);
    }

    void anotherManagersFieldsAreNotTakenSilently()
    {
        deploy().clear();
        deploy().openText(QStringLiteral("apiVersion: v1\nkind: Service\nmetadata: {name: hello}\nspec: {ports: [{port: 80, targetPort: 1234}], selector: {app: other}}\n"));
        QTRY_VERIFY2_WITH_TIMEOUT(item(0).phase == DeployPhase::Refused, qPrintable(state()), kPatience);
        QVERIFY2(item(0).conflict && item(0).message.contains(QLatin1String("manages")), qPrintable(item(0).message));
        deploy().forceConflict(item(0).id);
        QTRY_VERIFY2_WITH_TIMEOUT(item(0).phase == DeployPhase::Changed, qPrintable(state()), kPatience);
    }

    void mistakesNameTheirLine()
    {
        deploy().clear();
        deploy().openText(QStringLiteral("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: wrong\nspec:\n  replica: 2\n  selector: {matchLabels: {a: b}}\n"
                                         "  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: b}]}}\n"));
        QTRY_VERIFY2_WITH_TIMEOUT(item(0).phase == DeployPhase::Refused, qPrintable(state()), kPatience);
        QVERIFY2(item(0).message.contains(QLatin1String("line 6")), qPrintable(item(0).message));
    }

    void whyAPodDoesNotStartIsSaid()
    {
        deploy().clear();
        deploy().openText(QStringLiteral("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: stuck, namespace: workshop}\nspec:\n  selector: {matchLabels: {a: stuck}}\n"
                                         "  template: {metadata: {labels: {a: stuck}}, spec: {nodeSelector: {no: where}, containers: [{name: a, image: b}]}}\n"));
        QTRY_COMPARE_WITH_TIMEOUT(deploy().toApply(), 1, kPatience);
        deploy().apply();
        QTRY_VERIFY2_WITH_TIMEOUT(item(0).message.contains(QLatin1String("nodes are available")), qPrintable(state()), kPatience);
        deploy().undo();
        QTRY_COMPARE_WITH_TIMEOUT(item(0).phase, DeployPhase::Undone, kPatience);
    }

    void markedRowsAreLabelledAndDeleted()
    {
        QVERIFY(cluster().openTable(QStringLiteral("pods")));
        ResourceTable& table = *cluster().table();
        table.setFilter(QStringLiteral("-l app=idle"));
        QTRY_COMPARE_WITH_TIMEOUT(table.rows()->count(), 2, kPatience);
        const QString first = table.rows()->keyAt(0);
        table.markRange(0, 1);
        cluster().takeMarked();
        QSignalSpy finished(cluster().bulk(), &BulkActions::finished);
        cluster().bulk()->run(QStringLiteral("label"), QStringLiteral("tier=back"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, kPatience);
        QCOMPARE(finished[0][2].toInt(), 0);
        table.setFilter(QStringLiteral("-l tier=back"));
        QTRY_COMPARE_WITH_TIMEOUT(table.rows()->count(), 2, kPatience);
        table.markRange(0, 1);
        cluster().takeMarked();
        cluster().bulk()->run(QStringLiteral("delete"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(table.rows()->indexOfKey(first) < 0, kPatience);
    }

    void aKustomizationIsBuilt()
    {
        if (kustomizeCommand({}).isEmpty())
            QSKIP("there is neither kubectl nor kustomize");
        deploy().clear();
        deploy().openFiles({ QUrl::fromLocalFile(QDir::current().filePath(QStringLiteral("kustomized"))) });
        QTRY_VERIFY2_WITH_TIMEOUT(deploy().toApply() == 1, qPrintable(state()), kPatience);
        QCOMPARE(item(0).document.name(), QStringLiteral("my-settings"));
    }

    void aChartIsInstalledUpgradedAndRolledBack()
    {
        if (OutsideTool::find(QStringLiteral("helm")).isEmpty())
            QSKIP("there is no helm");
        installChart(QStringLiteral("hello"), {});
        installChart(QStringLiteral("good day"), QStringLiteral("greeting: good day\n"));
        deploy().undo();
        QTRY_VERIFY2_WITH_TIMEOUT(deploy().stage() == DeploySession::Finished, qPrintable(state()), kPatience);
        QCOMPARE(deploy().interruption(), QString());
        QVERIFY(cluster().openTable(QStringLiteral("configmaps")));
        // What rolled back is what the chart would make again.
        deploy().clear();
        deploy().openFiles({ QUrl::fromLocalFile(QDir::current().filePath(QStringLiteral("chart"))) });
        QTRY_VERIFY2_WITH_TIMEOUT(item(0).phase == DeployPhase::Same, qPrintable(state()), kPatience);
    }

private:
    void installChart(const QString& greeting, const QString& values)
    {
        deploy().clear();
        deploy().openFiles({ QUrl::fromLocalFile(QDir::current().filePath(QStringLiteral("chart"))) });
        QTRY_VERIFY2_WITH_TIMEOUT(deploy().stage() == DeploySession::Review && !deploy().chart()->name().isEmpty(), qPrintable(state()), kPatience);
        if (!values.isEmpty()) {
            deploy().chart()->setProperty("values", values);
            deploy().renderChart();
        }
        QTRY_VERIFY2_WITH_TIMEOUT(deploy().toApply() == 1, qPrintable(state()), kPatience);
        QCOMPARE(QString::fromStdString(std::string(item(0).document.object.str("data", "greeting"))), greeting);
        deploy().apply();
        QTRY_VERIFY2_WITH_TIMEOUT(deploy().stage() == DeploySession::Finished, qPrintable(state()), kPatience);
    }
    ClusterSession& cluster() { return *session->cluster(); }
    DeploySession& deploy() { return *session->deploy(); }
    const DeployItem& item(int row)
    {
        static const DeployItem none;
        return row < deploy().items()->count() ? deploy().items()->items()[std::size_t(row)] : none;
    }
    QString state()
    {
        QString text = QString::number(deploy().stage()) + u' ' + deploy().interruption();
        for (const DeployItem& item : deploy().items()->items())
            text += u'\n' + item.document.kind() + u' ' + item.document.name() + QStringLiteral(": ") + phaseText(item.phase) + u' ' + item.message;
        return text;
    }
    std::unique_ptr<Session> session;
};

QTEST_GUILESS_MAIN(TestDeployOnACluster)
#include "tst_deploy_on_a_cluster.moc"
