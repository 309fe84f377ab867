#include <QtTest>

#include "engine/base/time.h"
#include "engine/controllers/replicaset/pod_ranking.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;

namespace {

const WallTime kNow = *parseTime("2026-01-01T12:00:00Z");

api::Value pod(std::string_view name)
{
    api::Value object
        = fromJson(R"({'metadata': {'creationTimestamp': '2026-01-01T00:00:00Z'}, 'spec': {'nodeName': 'n1'}, 'status': {'phase': 'Running',
        'conditions': [{'type': 'Ready', 'status': 'True', 'lastTransitionTime': '2026-01-01T00:00:10Z'}]}})");
    object.edit("metadata").set("name", name);
    object.edit("metadata").set("uid", name);
    return object;
}

std::string firstOf(std::vector<api::Value> pods, const std::unordered_map<std::string, int>& byNode = {})
{
    auto chosen = controllers::podsToDelete(std::move(pods), 1, byNode, kNow);
    return chosen.size() == 1 ? std::string(chosen[0].str("metadata", "name")) : "?";
}

} // namespace

class PodRankingTest : public QObject {
    Q_OBJECT
private slots:
    void eachRuleDecidesAmongEquals_data()
    {
        QTest::addColumn<QString>("change");
        QTest::newRow("unassigned") << "node";
        QTest::newRow("pending") << "pending";
        QTest::newRow("not ready") << "unready";
        QTest::newRow("deletion cost") << "cost";
        QTest::newRow("crowded node") << "crowd";
        QTest::newRow("ready for a shorter time") << "readySince";
        QTest::newRow("restarts") << "restarts";
        QTest::newRow("younger") << "younger";
    }
    void eachRuleDecidesAmongEquals()
    {
        QFETCH(QString, change);
        api::Value loser = pod("z-loser"); // last by name, which decides nothing else
        std::unordered_map<std::string, int> byNode{{"n1", 1}, {"n2", 1}};
        if (change == "node")
            loser.edit("spec").erase("nodeName");
        else if (change == "pending")
            loser.edit("status").set("phase", "Pending");
        else if (change == "unready")
            loser.edit("status").erase("conditions");
        else if (change == "cost")
            loser.edit("metadata", "annotations").set("controller.kubernetes.io/pod-deletion-cost", "-5");
        else if (change == "crowd") {
            loser.edit("spec").set("nodeName", "n2");
            byNode["n2"] = 3;
        } else if (change == "readySince")
            api::setCondition(loser, "Ready", false, "", "", ""), api::setCondition(loser, "Ready", true, "", "", "2026-01-01T11:59:00Z");
        else if (change == "restarts")
            loser.edit("status").set("containerStatuses", fromJson("[{'restartCount': 3}]"));
        else
            loser.edit("metadata").set("creationTimestamp", "2026-01-01T06:00:00Z");
        QCOMPARE(firstOf({pod("a"), loser, pod("b")}, byNode), std::string("z-loser"));
    }

    void earlierRulesWeighMore()
    {
        api::Value unready = pod("unready"), cheap = pod("cheap");
        unready.edit("status").erase("conditions");
        cheap.edit("metadata", "annotations").set("controller.kubernetes.io/pod-deletion-cost", "-100");
        QCOMPARE(firstOf({cheap, unready}), std::string("unready"));
    }

    void allGoWhenAllAreTooMany()
    {
        QCOMPARE(controllers::podsToDelete({pod("a"), pod("b")}, 5, {}, kNow).size(), 2u);
        QCOMPARE(controllers::podsToDelete({pod("a"), pod("b"), pod("c")}, 2, {}, kNow).size(), 2u);
    }
};

QTEST_GUILESS_MAIN(PodRankingTest)
#include "tst_pod_ranking.moc"
