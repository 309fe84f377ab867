#include <QtTest>

#include "engine/api/conversion.h"
#include "engine/api/json.h"

using namespace kates::api;

namespace {

Value json(std::string_view text)
{
    auto value = parseJson(text);
    if (!value)
        qFatal("bad JSON in a test: %s", value.error().message.c_str());
    return *value;
}

} // namespace

class TestConversion : public QObject {
    Q_OBJECT

private slots:
    void storedKindsStayAsTheyAre()
    {
        const Value pod = json(R"({"kind":"Pod"})");
        QVERIFY(toStored(*Scheme::kubernetes()->findKind("v1", "Pod"), pod).sameStorage(pod));
    }

    void everyStoredKindExists()
    {
        const auto scheme = Scheme::kubernetes();
        int count = 0;
        for (const auto& kind : scheme->kinds()) {
            if (!kind->storedAs)
                continue;
            ++count;
            const std::string prefix = kind->storedAs->group.empty() ? "" : kind->storedAs->group + "/";
            const auto stored = scheme->findKind(prefix + kind->storedAs->version, kind->storedAs->kind);
            QVERIFY(stored);
            for (const auto& [here, there] : kind->storedAs->renames)
                QVERIFY2(kind->type->field(here) && stored->type->field(there), here.c_str());
        }
        QCOMPARE(count, 2);
    }

    void events()
    {
        const auto kind = Scheme::kubernetes()->findKind("events.k8s.io/v1", "Event");
        const Value event = json(R"({"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"e"},"regarding":{"kind":"Pod"},"note":"hello",
            "reportingController":"c","action":"Binding"})");
        const Value stored = toStored(*kind, event);
        QCOMPARE(stored, json(R"({"apiVersion":"v1","kind":"Event","metadata":{"name":"e"},"involvedObject":{"kind":"Pod"},"message":"hello",
            "reportingComponent":"c","action":"Binding"})"));
        QCOMPARE(fromStored(*kind, stored), event);
    }

    void autoscalers_data()
    {
        QTest::addColumn<QString>("stored");
        QTest::addColumn<bool>("aside");
        QTest::newRow("cpu only") << R"({"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},
            "spec":{"maxReplicas":3,"metrics":[
            {"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":70}}}]}})"
                                  << false;
        QTest::newRow("all") << R"({"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},
            "spec":{"maxReplicas":3,"metrics":[
            {"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":70}}},
            {"type":"Resource","resource":{"name":"memory","target":{"type":"AverageValue","averageValue":"1Gi"}}}],"behavior":{"scaleDown":{}}},
            "status":{"desiredReplicas":1,"conditions":[{"type":"AbleToScale","status":"True"}],"currentMetrics":[
            {"type":"Resource","resource":{"name":"cpu","current":{"averageUtilization":5}}}]}})"
                             << true;
    }
    void autoscalers()
    {
        QFETCH(QString, stored);
        QFETCH(bool, aside);
        const auto kind = Scheme::kubernetes()->findKind("autoscaling/v1", "HorizontalPodAutoscaler");
        const Value v2 = json(stored.toStdString());
        const Value v1 = fromStored(*kind, v2);
        QCOMPARE(v1.get("spec", "targetCPUUtilizationPercentage"), Value(70));
        QVERIFY(!v1.get("spec").has("metrics"));
        QCOMPARE(v1.get("metadata").has("annotations"), aside);
        QCOMPARE(toStored(*kind, v1), v2);
    }
};

QTEST_GUILESS_MAIN(TestConversion)
#include "tst_conversion.moc"
