#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QSemaphore>
#include <QtTest>

#include "app/base/text.h"
#include "app/shell/session.h"
#include "engine/api/json.h"
#include "tests/unit/app/support/scenario.h"

using namespace kates::app;
using namespace kates::app::test;
using kates::api::Value;

namespace {

const QString kCore = FakeApiServer::corePath(QStringLiteral("dev"));
const QString kApps = FakeApiServer::appsPath(QStringLiteral("dev"));

Value rowOf(const char* json)
{
    const auto value = kates::api::parseJson(json);
    if (!value)
        qFatal("%s", value.error().message.c_str());
    return *value;
}

void putPod(FakeApiServer& server, const QString& ns, const QString& name, const QString& app = QStringLiteral("web"))
{
    PodOptions options;
    options.ns = ns;
    options.name = name;
    options.app = app;
    options.node = QStringLiteral("node-1");
    server.put(kCore, QStringLiteral("pods"), makePod(options));
}

} // namespace

class TestResourceTable : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("kates-test"));
        QCoreApplication::setApplicationName(QStringLiteral("table"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    }
    void init()
    {
        server = std::make_unique<FakeApiServer>();
        server->addCluster(QStringLiteral("dev"));
        for (const char* name : { "web-2", "web-10", "web-1" })
            putPod(*server, QStringLiteral("shop"), QLatin1String(name));
        putPod(*server, QStringLiteral("default"), QStringLiteral("db"), QStringLiteral("db"));
        folder = std::make_unique<QTemporaryDir>();
        server->writeConnectionFile(folder->filePath(QStringLiteral("engine.kubeconfig")));
        session = std::make_unique<Session>(folder->filePath(QStringLiteral("engine.kubeconfig")));
        QTRY_COMPARE(session->engine()->state(), EngineLink::Connected);
        session->openCluster(QStringLiteral("dev"));
        catalogTester = std::make_unique<QAbstractItemModelTester>(cluster().catalog(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_VERIFY(cluster().catalog()->loaded());
    }
    void cleanup()
    {
        tester.reset();
        catalogTester.reset();
        session.reset();
        server.reset();
    }

    void cellsAreSortedByValue_data()
    {
        QTest::addColumn<QString>("column");
        QTest::addColumn<QStringList>("cells"); // in the order in which they should stand
        QTest::newRow("numbers") << "Restarts" << QStringList { "0", "3 (2m ago)", "12", "100 (5h ago)" };
        QTest::newRow("quantities") << "Memory" << QStringList { "500m", "2", "900Ki", "128Mi", "1Gi", "<none>" };
        QTest::newRow("durations") << "Duration" << QStringList { "45s", "90s", "5m30s", "3h", "2d3h", "1y2d", "<unknown>" };
        QTest::newRow("fractions") << "Ready" << QStringList { "0/3", "1/2", "2/2", "10/10" };
        QTest::newRow("percentages") << "Used" << QStringList { "5%", "40%", "100%" };
        QTest::newRow("names") << "Name" << QStringList { "node-2", "node-10", "zebra" };
        QTest::newRow("addresses") << "IP" << QStringList { "10.42.0.7", "10.42.0.20", "<none>" };
    }
    void cellsAreSortedByValue()
    {
        QFETCH(QString, column);
        QFETCH(QStringList, cells);
        const auto columns = tableColumns(Value::array({ Value::object({ { "name", column.toStdString() }, { "type", "string" } }) }));
        const auto rank = [&](const QString& cell) { return cellRank(columns, Value::object({ { "cells", Value::array({ cell.toStdString() }) } }), 0); };
        for (qsizetype i = 1; i < cells.size(); ++i) {
            const ListRank a = rank(cells[i - 1]), b = rank(cells[i]);
            const bool before = a.group != b.group ? a.group < b.group : a.number != b.number ? a.number < b.number : naturallyBefore(a.text, b.text);
            QVERIFY2(before, qPrintable(cells[i - 1] + " before " + cells[i]));
        }
    }

    void filtersUnderstandWordsLabelsAndStates()
    {
        const auto columns = tableColumns(rowOf(R"([{"name":"Name"},{"name":"Status"}])"));
        const Value row = rowOf(R"({"cells":["web-1","CrashLoopBackOff"],"object":{"metadata":{"name":"web-1","labels":{"app":"web","env":"a"}}}})");
        const auto matches = [&](const char* text) { return TableFilter::parse(QString::fromUtf8(text)).matches(columns, row); };
        for (const char* yes : { "", "WEB", "web crash", "-l app=web", "-l app=web,env!=b", "-l \"env in (a, b)\"", "is:failing", "is:failing is:ok", "!db" })
            QVERIFY2(matches(yes), yes);
        for (const char* no : { "db", "web db", "!web", "-l app=db", "-l !env", "is:ok", "-l app=web is:done" })
            QVERIFY2(!matches(no), no);
        QVERIFY(TableFilter::parse(QStringLiteral("-l a=b=c")).problem.contains(QLatin1String("a=b=c")));
        QVERIFY(TableFilter::parse(QStringLiteral("is:sad")).problem.contains(QLatin1String("sad")));
        QCOMPARE(withStateToggled(QStringLiteral("web is:ok"), QStringLiteral("ok")), QStringLiteral("web"));
        QCOMPARE(withStateToggled(QStringLiteral("web"), QStringLiteral("failing")), QStringLiteral("web is:failing"));
    }

    void rowsAreSortedFilteredAndLive()
    {
        openPods();
        table().sortBy(0);
        QTRY_COMPARE(names(), QStringLiteral("db web-1 web-2 web-10"));
        table().sortBy(0);
        QTRY_COMPARE(names(), QStringLiteral("web-10 web-2 web-1 db"));
        table().setFilter(QStringLiteral("-l app=web"));
        QTRY_COMPARE(names(), QStringLiteral("web-10 web-2 web-1"));
        putPod(*server, QStringLiteral("shop"), QStringLiteral("web-3"));
        QTRY_COMPARE(names(), QStringLiteral("web-10 web-3 web-2 web-1"));
        table().setFilter({});
        table().sortBy(kNamespaceColumn);
        QTRY_COMPARE(names(), QStringLiteral("db web-1 web-10 web-2 web-3"));
    }

    void firstRowsComeBeforeTheLast()
    {
        for (int i = 0; i < 1200; ++i)
            putPod(*server, QStringLiteral("load"), QStringLiteral("p-%1").arg(i, 4, 10, QLatin1Char('0')));
        auto shown = std::make_shared<QSemaphore>();
        server->setPageGate([shown] {
            if (shown->tryAcquire(1, 10'000))
                shown->release(); // the later pages need not wait
        });
        openPods(false);
        QTRY_COMPARE(table().rows()->count(), 500);
        shown->release();
        QTRY_COMPARE_WITH_TIMEOUT(table().rows()->count(), 1204, 20'000);
        QVERIFY(server->requests().filter(QStringLiteral("/pods?limit=500&continue=")).size() >= 2);
    }

    void oneNamespaceIsAskedForAlone()
    {
        openPods();
        cluster().setChosenNamespaces({ QStringLiteral("default") });
        QTRY_COMPARE(names(), QStringLiteral("db"));
        QVERIFY(!server->requests().filter(QStringLiteral("/namespaces/default/pods?limit")).isEmpty());
        cluster().setChosenNamespaces({ QStringLiteral("default"), QStringLiteral("shop") });
        QTRY_COMPARE(table().rows()->count(), 4);
    }

    void columnsOrderAndFiltersAreRemembered()
    {
        openPods();
        QTRY_COMPARE(shownColumns(), QStringLiteral("Name Namespace Ready Status Restarts Age"));
        table().setColumnShown(QStringLiteral("Node"), true);
        table().setColumnShown(QStringLiteral("Ready"), false);
        QCOMPARE(shownColumns(), QStringLiteral("Name Namespace Status Restarts Age Node"));
        table().sortBy(2);
        table().setFilter(QStringLiteral("-l app=web"));
        table().saveFilter(QStringLiteral("Shop's web"));
        cluster().openTable(QStringLiteral("configmaps"));
        QCOMPARE(table().filter(), QString());
        openPods();
        QTRY_COMPARE(shownColumns(), QStringLiteral("Name Namespace Status Restarts Age Node"));
        QCOMPARE(table().sortColumn(), 2);
        QCOMPARE(table().savedFilters().size(), 1);
        QCOMPARE(table().savedFilters()[0].toMap().value(QStringLiteral("filter")).toString(), QStringLiteral("-l app=web"));
        table().removeFilter(QStringLiteral("Shop's web"));
        table().resetColumns();
        table().sortBy(2);
        table().sortBy(2);
        QCOMPARE(table().savedFilters().size(), 0);
        QTRY_COMPARE(shownColumns(), QStringLiteral("Name Namespace Ready Status Restarts Age"));
    }

    void marksStayWithTheirObjects()
    {
        openPods();
        table().selection()->toggle(QStringLiteral("shop/web-2"));
        table().selection()->toggle(QStringLiteral("default/db"));
        table().sortBy(0);
        QTRY_COMPARE(names(), QStringLiteral("db web-1 web-2 web-10"));
        QCOMPARE(table().selection()->count(), 2);
        table().setFilter(QStringLiteral("web"));
        QTRY_COMPARE(table().selection()->count(), 1); // what is hidden is not acted on
        server->remove(kCore, QStringLiteral("pods"), QStringLiteral("shop/web-2"));
        QTRY_COMPARE(table().selection()->count(), 0);
        table().markRange(1, 0);
        QCOMPARE(table().selection()->count(), 2);
    }

    void manyAreDeletedAtOnceAndFailuresAreCounted()
    {
        openPods();
        table().markRange(0, 3);
        cluster().takeMarked();
        BulkActions& bulk = *cluster().bulk();
        QCOMPARE(bulk.count(), 4);
        QCOMPARE(bulk.command(QStringLiteral("delete")), QStringLiteral("kubectl delete pods db -n default\nkubectl delete pods web-1 web-10 web-2 -n shop"));
        QSignalSpy finished(&bulk, &BulkActions::finished);
        server->remove(kCore, QStringLiteral("pods"), QStringLiteral("default/db")); // somebody was faster: no failure
        bulk.run(QStringLiteral("delete"));
        QVERIFY(bulk.running());
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(finished[0][1].toInt(), 4);
        QTRY_COMPARE(table().rows()->count(), 0);
    }

    void labelsAreCheckedAndSet()
    {
        openPods();
        table().markRange(0, 1);
        cluster().takeMarked();
        BulkActions& bulk = *cluster().bulk();
        for (const char* wrong : { "a", "=b", "-", "a b=c", "k=v v", "a/b/c=d" })
            QVERIFY2(!bulk.problemOf(QStringLiteral("label"), QLatin1String(wrong)).isEmpty(), wrong);
        for (const char* right : { "a=b", "example.dev/tier=x.y_z", "a=", "a-" })
            QVERIFY2(bulk.problemOf(QStringLiteral("label"), QLatin1String(right)).isEmpty(), right);
        QSignalSpy finished(&bulk, &BulkActions::finished);
        bulk.run(QStringLiteral("label"), QStringLiteral("tier=front"));
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(server->get(kCore, QStringLiteral("pods"), QStringLiteral("default/db")).str("metadata", "labels", "tier"), std::string_view("front"));
    }

    void whatGoesWithThemIsFound()
    {
        server->put(kApps, QStringLiteral("replicasets"), makeReplicaSet(QStringLiteral("shop"), QStringLiteral("web"), 2, 2));
        Value deployment = makeDeployment(QStringLiteral("shop"), QStringLiteral("web"), 2, 2);
        deployment.edit("metadata").set("uid", "uid-web");
        server->put(kApps, QStringLiteral("deployments"), deployment);
        cluster().openTable(QStringLiteral("deployments.apps"));
        QTRY_COMPARE(table().rows()->count(), 1);
        table().markRange(0, 0);
        cluster().takeMarked();
        QVERIFY(cluster().bulk()->available().contains(QStringLiteral("restart")));
        QTRY_VERIFY((cluster().bulk()->findOwned(), !cluster().bulk()->owned().isEmpty()));
        QCOMPARE(cluster().bulk()->owned()[0].toMap().value(QStringLiteral("kind")).toString(), QStringLiteral("ReplicaSet"));
    }

    void nothingIsDoneReadOnly()
    {
        openPods();
        table().markRange(0, 0);
        cluster().takeMarked();
        cluster().bulk()->setReadOnly(true);
        QVERIFY(!cluster().bulk()->whyNot(QStringLiteral("delete")).isEmpty());
        cluster().bulk()->run(QStringLiteral("delete"));
        QVERIFY(!cluster().bulk()->running());
    }

    void csvIsWrittenAndFormulasAreText()
    {
        Value pod = makePod({});
        pod.edit("metadata").set("name", "evil");
        pod.edit("metadata").set("namespace", "default");
        pod.edit("status").set("phase", "=cmd,\"x\"");
        server->put(kCore, QStringLiteral("pods"), pod);
        openPods(false);
        QTRY_COMPARE(table().rows()->count(), 5);
        QTRY_VERIFY(!table().columns().isEmpty());
        QSignalSpy exported(&table(), &ResourceTable::exported);
        table().exportCsv(QUrl::fromLocalFile(folder->filePath(QStringLiteral("pods.csv"))));
        QTRY_COMPARE(exported.size(), 1);
        QCOMPARE(exported[0][2].toString(), QString());
        QFile file(folder->filePath(QStringLiteral("pods.csv")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY2(text.startsWith("Name,Namespace,Ready,Status,Restarts,Age\r\n"), text.constData());
        QVERIFY2(text.contains("evil,default,1/1,\"'=cmd,\"\"x\"\"\""), text.constData());
        table().exportCsv(QUrl::fromLocalFile(QStringLiteral("/nowhere/pods.csv")));
        QTRY_COMPARE(exported.size(), 2);
        QVERIFY(!exported[1][2].toString().isEmpty());
    }

    void aNewKindAppears()
    {
        const int before = cluster().catalog()->rowCount();
        QVERIFY(!cluster().catalog()->byId(QStringLiteral("gadgets.example.org")));
        server->addResource({ FakeApiServer::groupPath(QStringLiteral("dev"), "example.org/v1"), QStringLiteral("gadgets"), QStringLiteral("Gadget"), true, {} });
        server->putYaml(FakeApiServer::groupPath(QStringLiteral("dev"), "apiextensions.k8s.io/v1"), QStringLiteral("customresourcedefinitions"),
            "metadata: {name: gadgets.example.org}");
        QTRY_VERIFY(cluster().catalog()->byId(QStringLiteral("gadgets.example.org")));
        QCOMPARE(cluster().catalog()->rowCount(), before + 1);
        QVERIFY(cluster().openTable(QStringLiteral("gadgets.example.org")));
        QTRY_VERIFY(table().rows()->synced());
    }

private:
    ClusterSession& cluster() { return *session->cluster(); }
    ResourceTable& table() { return *cluster().table(); }
    void openPods(bool wait = true)
    {
        QVERIFY(cluster().openTable(QStringLiteral("pods")));
        tester = std::make_unique<QAbstractItemModelTester>(table().rows(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        if (wait) {
            QTRY_COMPARE(table().rows()->count(), 4);
            QTRY_VERIFY(!table().columns().isEmpty());
        }
    }
    QString names()
    {
        QStringList list;
        for (int row = 0; row < table().rows()->count(); ++row)
            list.append(table().rows()->value(row, QStringLiteral("name")).toString());
        return list.join(u' ');
    }
    QString shownColumns()
    {
        QStringList list;
        for (const QVariant& column : table().columns())
            list.append(column.toMap().value(QStringLiteral("name")).toString());
        return list.join(u' ');
    }
    QTemporaryDir settings;
    std::unique_ptr<FakeApiServer> server;
    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<Session> session;
    std::unique_ptr<QAbstractItemModelTester> tester, catalogTester;
};

QTEST_GUILESS_MAIN(TestResourceTable)
#include "tst_app_resource_table.moc"
