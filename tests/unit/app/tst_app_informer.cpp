#include <QtTest>

#include "app/models/object_list_model.h"
#include "tests/unit/app/support/scenario.h"

using namespace kates::app;
using namespace kates::app::test;
using kates::api::Value;

namespace {

const QString kCore = FakeApiServer::corePath(QStringLiteral("dev"));

// An informer with a model on it, as the window has them.
struct Followed {
    explicit Followed(FakeApiServer& server, const char* resource, bool table = false)
        : client(makeOn<ApiClient>(thread, thread))
        , model(thread, { { "name", [](const Value& object) { return QString::fromStdString(std::string(object.str("metadata", "name"))); } } })
    {
        client->setEndpoint(*parseConnection(server.connectionYaml().toStdString()));
        InformerOptions options;
        options.resource = { QStringLiteral("/clusters/dev"), {}, QStringLiteral("v1"), QLatin1String(resource), true };
        options.backOff = BackOff(std::chrono::milliseconds(5), std::chrono::milliseconds(20));
        options.table = table;
        informer = makeOn<Informer>(thread, *client, options);
        thread.with(model.feed(), [i = informer.get()](ListFeed& feed) { feed.setInformer(i); });
        thread.with(informer.get(), [this](Informer& i) {
            QObject::connect(&i, &Informer::stateChanged, &i, [this](Informer::State state) {
                if (state == Informer::State::Waiting)
                    waited = true;
            });
            i.start();
        });
    }
    Informer::State state()
    {
        std::atomic<Informer::State> now;
        QSemaphore done;
        thread.with(informer.get(), [&](Informer& i) {
            now = i.state();
            done.release();
        });
        done.acquire();
        return now;
    }

    DataThread thread;
    DataPtr<ApiClient> client;
    DataPtr<Informer> informer;
    ObjectListModel model;
    std::atomic<bool> waited = false; // it has been Waiting: by the time one asks it may be further
};

Value configMap(const QString& name, const char* data = "1")
{
    Value object = Value::object();
    object.edit("metadata").set("name", name.toStdString());
    object.edit("metadata").set("namespace", "default");
    object.edit("data").set("value", data);
    return object;
}

} // namespace

class TestInformer : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        server = std::make_unique<FakeApiServer>();
        server->addCluster(QStringLiteral("dev"));
    }
    void cleanup() { server.reset(); }

    void listsInPagesThenFollows()
    {
        for (int i = 0; i < 1200; ++i)
            server->put(kCore, QStringLiteral("configmaps"), configMap(QStringLiteral("c%1").arg(i, 4, 10, QLatin1Char('0'))));
        Followed followed(*server, "configmaps");
        QTRY_COMPARE(followed.model.count(), 1200);
        QVERIFY(followed.model.synced());
        QCOMPARE(server->requests().filter(QStringLiteral("limit=500")).size(), 3);
        QTRY_COMPARE(server->openWatches(), 1);
        server->put(kCore, QStringLiteral("configmaps"), configMap(QStringLiteral("c0000a")));
        server->remove(kCore, QStringLiteral("configmaps"), QStringLiteral("default/c0005"));
        QTRY_COMPARE(followed.model.keyAt(1), QStringLiteral("default/c0000a"));
        QTRY_COMPARE(followed.model.indexOfKey(QStringLiteral("default/c0005")), -1);
        QCOMPARE(followed.model.count(), 1200);
    }

    void takesTheWatchUpAgainFromTheLastRevision()
    {
        server->put(kCore, QStringLiteral("configmaps"), configMap(QStringLiteral("a")));
        Followed followed(*server, "configmaps");
        QTRY_COMPARE(server->openWatches(), 1);
        server->dropConnections();
        QTRY_COMPARE(server->openWatches(), 1);
        server->put(kCore, QStringLiteral("configmaps"), configMap(QStringLiteral("b")));
        QTRY_COMPARE(followed.model.count(), 2);
        QCOMPARE(server->requests().filter(QStringLiteral("limit=500")).size(), 1);
    }

    void listsAnewAfter410AndForgetsWhatWent()
    {
        server->put(kCore, QStringLiteral("configmaps"), configMap(QStringLiteral("a")));
        server->put(kCore, QStringLiteral("configmaps"), configMap(QStringLiteral("b")));
        Followed followed(*server, "configmaps");
        QTRY_COMPARE(followed.model.count(), 2);
        QTRY_COMPARE(server->openWatches(), 1);
        followed.waited = false;
        server->goAway();
        QTRY_VERIFY(followed.waited.load());
        QCOMPARE(followed.model.count(), 2); // what is known stays
        server->remove(kCore, QStringLiteral("configmaps"), QStringLiteral("default/a"));
        server->put(kCore, QStringLiteral("configmaps"), configMap(QStringLiteral("c")));
        server->compact();
        server->comeBack();
        QTRY_COMPARE(followed.model.keyAt(0), QStringLiteral("default/b"));
        QTRY_COMPARE(followed.model.keyAt(1), QStringLiteral("default/c"));
        QTRY_COMPARE(followed.state(), Informer::State::Live);
        QCOMPARE(server->requests().filter(QStringLiteral("limit=500")).size(), 2);
    }

    void forbiddenIsSaidAndTriedAgain()
    {
        server->refuse(403, "Forbidden", "configmaps is forbidden: you may not list them");
        Followed followed(*server, "configmaps");
        QTRY_VERIFY(followed.waited.load());
        server->refuse(0, "", "");
        QTRY_COMPARE(followed.state(), Informer::State::Live);
    }

    void changesOfOneObjectAreCoalesced()
    {
        server->put(kCore, QStringLiteral("configmaps"), configMap(QStringLiteral("a")));
        Followed followed(*server, "configmaps");
        QTRY_COMPARE(server->openWatches(), 1);
        QTRY_COMPARE(followed.model.count(), 1);
        QSignalSpy changed(&followed.model, &QAbstractItemModel::dataChanged);
        for (int i = 0; i < 200; ++i)
            server->put(kCore, QStringLiteral("configmaps"), configMap(QStringLiteral("a"), std::to_string(i).c_str()));
        QTRY_COMPARE(followed.model.object(0).str("data", "value"), std::string_view("199"));
        QVERIFY2(changed.size() < 100, qPrintable(QString::number(changed.size())));
    }

    void followsTables()
    {
        PodOptions pod;
        pod.name = QStringLiteral("p");
        pod.node = QStringLiteral("n1");
        server->put(kCore, QStringLiteral("pods"), makePod(pod));
        Followed followed(*server, "pods", true);
        QTRY_COMPARE(followed.model.keyAt(0), QStringLiteral("default/p"));
        QCOMPARE(followed.model.object(0).get("cells").at(2).asString(), std::string_view("Running"));
        QTRY_COMPARE(server->openWatches(), 1);
        pod.state = QStringLiteral("Succeeded");
        server->put(kCore, QStringLiteral("pods"), makePod(pod));
        QTRY_COMPARE(followed.model.object(0).get("cells").at(2).asString(), std::string_view("Succeeded"));
    }

    void manyWatchesDoNotStarveRequests()
    {
        std::vector<std::unique_ptr<Followed>> all;
        Followed first(*server, "configmaps");
        for (int i = 0; i < 12; ++i) {
            InformerOptions options;
            options.resource = { QStringLiteral("/clusters/dev"), {}, QStringLiteral("v1"), QStringLiteral("services"), true };
            DataPtr<Informer> another = makeOn<Informer>(first.thread, *first.client, options);
            first.thread.with(another.get(), [](Informer& i) { i.start(); });
            informers.push_back(std::move(another));
        }
        QTRY_COMPARE(server->openWatches(), 13);
        bool answered = false;
        first.client->send(getRequest(kCore + QStringLiteral("/configmaps")), this, [&](const ApiReply& reply) { answered = bool(reply); });
        QTRY_VERIFY(answered);
        informers.clear();
    }

private:
    std::unique_ptr<FakeApiServer> server;
    std::vector<DataPtr<Informer>> informers;
};

QTEST_GUILESS_MAIN(TestInformer)
#include "tst_app_informer.moc"
