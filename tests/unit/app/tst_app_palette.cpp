#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest>

#include "app/palette/palette_model.h"
#include "app/shell/session.h"
#include "tests/unit/app/support/scenario.h"

using namespace kates::app;
using namespace kates::app::test;

class TestPalette : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        populate(server);
        const QString file = folder.filePath(QStringLiteral("engine.kubeconfig"));
        server.writeConnectionFile(file);
        session = std::make_unique<Session>(file);
        QTRY_COMPARE(session->clusters()->count(), 4);
        session->openCluster(QStringLiteral("dev"));
        QTRY_VERIFY(session->cluster()->live());
        QTRY_VERIFY(session->cluster()->catalog()->loaded());
        QTRY_COMPARE(session->cluster()->namespaces()->count(), 5);
    }
    void cleanupTestCase() { session.reset(); }

    void init()
    {
        palette = std::make_unique<PaletteModel>();
        tester = std::make_unique<QAbstractItemModelTester>(palette.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        palette->setProperty("clusters", QVariant::fromValue(session->clusters()));
        palette->setCluster(session->cluster());
    }
    void cleanup()
    {
        tester.reset();
        palette.reset();
    }

    void commandsLeadWhereTheySay_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("action");
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char* query, const char* action, const QStringList& arguments) {
            QTest::newRow(query) << QString::fromLatin1(query) << QString::fromLatin1(action) << arguments;
        };
        const QString none;
        row(":po", "kind", { QStringLiteral("pods") });
        row(":deploy", "kind", { QStringLiteral("deployments.apps") });
        row(":Deployments", "kind", { QStringLiteral("deployments.apps") });
        row(":wd", "kind", { QStringLiteral("widgets.example.dev") }); // a short name from discovery
        row(":po shop", "kind", { QStringLiteral("pods"), QStringLiteral("shop"), none });
        row(":po shop,batch", "kind", { QStringLiteral("pods"), QStringLiteral("shop,batch"), none });
        row(":deploy /web", "kind", { QStringLiteral("deployments.apps"), none, QStringLiteral("web") });
        row(":deploy web", "kind", { QStringLiteral("deployments.apps"), none, QStringLiteral("web") });
        row(":ns", "kind", { QStringLiteral("namespaces") });
        row(":ns shop", "namespaces", { QStringLiteral("shop") });
        row(":ns sho", "namespaces", { QStringLiteral("shop") });
        row(":ns shop,batch", "namespaces", { QStringLiteral("shop"), QStringLiteral("batch") });
        row(":ns secret-one", "namespaces", { QStringLiteral("secret-one") }); // not listed: as typed
        row(":ns *", "namespaces", {});
        row(":ctx class", "cluster", { QStringLiteral("classroom") });
        row("weekend", "cluster", { QStringLiteral("weekend") });
        row("projector", "theme", { QStringLiteral("projector") });
    }
    void commandsLeadWhereTheySay()
    {
        QFETCH(QString, query);
        QFETCH(QString, action);
        QFETCH(QStringList, arguments);
        palette->setQuery(query);
        QCOMPARE(palette->actionAt(0), action);
        QCOMPARE(palette->argumentsAt(0), arguments);
    }

    void objectsAreFoundByNameLabelAndAnnotation_data()
    {
        QTest::addColumn<QString>("query");
        QTest::newRow("name") << QStringLiteral("odd-one");
        QTest::newRow("label") << QStringLiteral("tier-seven");
        QTest::newRow("annotation") << QStringLiteral("ask-grace");
    }
    void objectsAreFoundByNameLabelAndAnnotation()
    {
        QFETCH(QString, query);
        server.putYaml(FakeApiServer::corePath(QStringLiteral("dev")), QStringLiteral("pods"),
            "{metadata: {name: odd-one, namespace: batch, labels: {tier: tier-seven}, annotations: {owner: ask-grace}}, spec: {}, status: {}}");
        const auto found = [&] {
            for (int row = 0; row < palette->count(); ++row) {
                if (palette->actionAt(row) == QLatin1String("object") && palette->argumentsAt(row).value(3) == QLatin1String("odd-one"))
                    return true;
            }
            palette->setQuery({});
            palette->setQuery(query);
            return false;
        };
        QTRY_VERIFY(found());
    }

    void nonsenseAndHostileQueriesFindNothingAndHarmNothing()
    {
        for (const QString& query : { QStringLiteral(":"), QStringLiteral(": : :"), QStringLiteral(":ns ,,,"), QString(5000, u'x'),
                 QStringLiteral("<b>"), QString(QChar(0)) + u'a', QStringLiteral(":po ../../etc") })
            palette->setQuery(query);
        palette->setQuery(QStringLiteral("zzzzzz-no-such-thing"));
        QCOMPARE(palette->actionAt(0), QString());
        QCOMPARE(palette->actionAt(-1), QString());
    }

private:
    FakeApiServer server;
    QTemporaryDir folder;
    std::unique_ptr<Session> session;
    std::unique_ptr<PaletteModel> palette;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

QTEST_GUILESS_MAIN(TestPalette)
#include "tst_app_palette.moc"
