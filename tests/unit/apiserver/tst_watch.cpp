#include "api_fixture.h"

using namespace kates;
using namespace kates::apiserver;

namespace {
const std::string kMaps = "/api/v1/namespaces/default/configmaps";

// "ADDED a,MODIFIED a"
std::string describe(const std::vector<api::Value>& events)
{
    std::string text;
    for (const auto& event : events)
        text.append(text.empty() ? "" : ",").append(event.str("type")).append(" ").append(event.str("object", "metadata", "name"));
    return text;
}
} // namespace

class WatchTest : public QObject {
    Q_OBJECT

private slots:
    void changesArriveInOrder()
    {
        ApiFixture api;
        auto version = std::string(api.get(kMaps).json().str("metadata", "resourceVersion"));
        auto watch = api.begin("GET", kMaps + "?watch=true&resourceVersion=" + version);
        QCOMPARE(watch->response.status, 200);
        auto created = api.configMap("a").json();
        api.configMap("other", "{}", "kube-system");
        auto updated = api.patch(kMaps + "/a", "application/merge-patch+json", q("{'data':{'k':'2'}}")).json();
        api.remove(kMaps + "/a");
        auto events = watch->response.events();
        COMPARE_STRING(describe(events), "ADDED a,MODIFIED a,DELETED a");
        QVERIFY(events[0].get("object") == created);
        QVERIFY(events[1].get("object") == updated);
        auto deleted = events[2].get("object");
        QVERIFY(std::stoll(std::string(deleted.str("metadata", "resourceVersion")))
            > std::stoll(std::string(updated.str("metadata", "resourceVersion"))));
        COMPARE_STRING(deleted.str("data", "k"), "2");
        QVERIFY(!watch->response.ended);
        watch->disconnect();
        api.loop.settle();
        QVERIFY(watch->response.ended);
    }

    void aWatchFromThePastGetsWhatItMissed()
    {
        ApiFixture api;
        auto first = std::string(api.configMap("a").json().str("metadata", "resourceVersion"));
        api.configMap("b");
        api.remove(kMaps + "/a");
        auto watch = api.begin("GET", kMaps + "?watch=true&resourceVersion=" + first);
        api.configMap("c");
        COMPARE_STRING(describe(watch->response.events()), "ADDED b,DELETED a,ADDED c");
        watch->disconnect();
    }

    void aWatchWithoutAVersionBeginsWithWhatIsThere()
    {
        ApiFixture api;
        api.configMap("a");
        auto watch = api.begin("GET", kMaps + "?watch=true");
        api.configMap("b");
        COMPARE_STRING(describe(watch->response.events()), "ADDED a,ADDED b");
        auto zero = api.begin("GET", kMaps + "?watch=true&resourceVersion=0");
        COMPARE_STRING(describe(zero->response.events()), "ADDED a,ADDED b");
        watch->disconnect();
        zero->disconnect();
    }

    void aSelectorTurnsChangesIntoAppearingAndGoing()
    {
        ApiFixture api;
        auto watch = api.begin("GET", kMaps + "?watch=true&labelSelector=app%3Dx&resourceVersion=1");
        watch->response.body.clear();
        api.configMap("a", "{}", "default", q("{'app':'y'}"));
        api.patch(kMaps + "/a", "application/merge-patch+json", q("{'metadata':{'labels':{'app':'x'}}}"));
        api.patch(kMaps + "/a", "application/merge-patch+json", q("{'data':{'k':'2'}}"));
        auto last = api.patch(kMaps + "/a", "application/merge-patch+json", q("{'metadata':{'labels':{'app':'y'}}}")).json();
        api.remove(kMaps + "/a");
        auto events = watch->response.events();
        COMPARE_STRING(describe(events), "ADDED a,MODIFIED a,DELETED a");
        QVERIFY(events[2].get("object", "metadata", "resourceVersion") == last.get("metadata", "resourceVersion"));
        COMPARE_STRING(events[2].str("object", "metadata", "labels", "app"), "x");
        watch->disconnect();
    }

    void aVersionThatIsTooOldIsGone()
    {
        ApiFixture api;
        api.options.watchCacheEventsPerKind = 5;
        api.restart();
        auto first = std::string(api.configMap("a").json().str("metadata", "resourceVersion"));
        for (int i = 0; i < 10; ++i)
            api.configMap("b" + std::to_string(i));
        auto watch = api.begin("GET", kMaps + "?watch=true&resourceVersion=" + first);
        QCOMPARE(watch->response.status, 200);
        QVERIFY(watch->response.ended);
        auto events = watch->response.events();
        QCOMPARE(events.size(), std::size_t(1));
        COMPARE_STRING(events[0].str("type"), "ERROR");
        QCOMPARE(events[0].get("object", "code").asInt(), 410);
        COMPARE_STRING(events[0].str("object", "reason"), "Expired");
        QVERIFY(events[0].str("object", "message").starts_with("too old resource version: "));
    }

    void theInitialListIsClosedByABookmark()
    {
        ApiFixture api;
        api.configMap("a");
        auto version = std::string(api.configMap("b").json().str("metadata", "resourceVersion"));
        auto watch = api.begin("GET", kMaps + "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        auto events = watch->response.events();
        COMPARE_STRING(describe(events), "ADDED a,ADDED b,BOOKMARK ");
        COMPARE_STRING(events[2].str("object", "metadata", "annotations", "k8s.io/initial-events-end"), "true");
        COMPARE_STRING(events[2].str("object", "metadata", "resourceVersion"), version);
        COMPARE_STRING(events[2].str("object", "kind"), "ConfigMap");
        watch->disconnect();
        QCOMPARE(api.get(kMaps + "?watch=true&sendInitialEvents=true").status, 422);
        QCOMPARE(api.get(kMaps + "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan").status, 422);
        QCOMPARE(api.get(kMaps + "?watch=true&resourceVersionMatch=NotOlderThan").status, 422);
    }

    void bookmarksComeToWhoWantsThem()
    {
        ApiFixture api;
        auto with = api.begin("GET", kMaps + "?watch=true&allowWatchBookmarks=true&resourceVersion=1");
        auto without = api.begin("GET", kMaps + "?watch=true&resourceVersion=1");
        with->response.body.clear();
        without->response.body.clear();
        auto version = std::string(api.configMap("other", "{}", "kube-system").json().str("metadata", "resourceVersion"));
        api.loop.advance(std::chrono::seconds(70));
        auto events = with->response.events();
        QCOMPARE(events.size(), std::size_t(1));
        COMPARE_STRING(events[0].str("object", "metadata", "resourceVersion"), version);
        QVERIFY(without->response.events().empty());
        with->disconnect();
        without->disconnect();
    }

    void theTimeoutEndsTheWatch()
    {
        ApiFixture api;
        auto watch = api.begin("GET", kMaps + "?watch=true&timeoutSeconds=10");
        api.loop.advance(std::chrono::seconds(9));
        QVERIFY(!watch->response.ended);
        api.loop.advance(std::chrono::seconds(2));
        QVERIFY(watch->response.ended);
    }

    void tablesAreWatchedRowByRow()
    {
        ApiFixture api;
        http::Headers headers{{"Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"}};
        auto watch = api.begin("GET", kMaps + "?watch=true", "", headers);
        api.configMap("a");
        api.configMap("b");
        auto events = watch->response.events();
        QCOMPARE(events.size(), std::size_t(2));
        COMPARE_STRING(events[0].str("object", "kind"), "Table");
        QVERIFY(events[0].get("object", "columnDefinitions").size() > 0);
        QVERIFY(events[1].get("object", "columnDefinitions").size() == 0);
        COMPARE_STRING(events[1].get("object", "rows").at(0).get("cells").at(0).asString(), "b");
        watch->disconnect();
    }

    void stoppingTheServerEndsWatches()
    {
        ApiFixture api;
        auto watch = api.begin("GET", kMaps + "?watch=true");
        spawn(api.server->stop());
        api.loop.settle();
        QVERIFY(watch->response.ended);
        QCOMPARE(api.get(kMaps).status, 503);
    }
};

QTEST_GUILESS_MAIN(WatchTest)
#include "tst_watch.moc"
