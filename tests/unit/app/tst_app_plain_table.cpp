#include <QtTest>

#include "app/informer/plain_table.h"
#include "engine/api/json.h"

using kates::api::Value;
using kates::app::asTable;

namespace {

Value json(const char* text) { return *kates::api::parseJson(text); }

} // namespace

class TestPlainTable : public QObject {
    Q_OBJECT
private slots:
    void aTableStaysAsItIs()
    {
        const Value table = json(R"({"kind": "Table", "columnDefinitions": [{"name": "Name"}], "rows": [{"cells": ["a"]}]})");
        QVERIFY(asTable(table) == table);
        const Value empty = json(R"({"kind": "Table", "columnDefinitions": [{"name": "Name"}]})");
        QVERIFY(asTable(empty) == empty);
    }

    void aListBecomesNamesAndAges()
    {
        const Value table = asTable(json(R"({"kind": "NodeMetricsList", "metadata": {"resourceVersion": "7"},
            "items": [{"metadata": {"name": "n1", "creationTimestamp": "2026-01-01T00:00:00Z"}}, {"metadata": {"name": "n2"}}]})"));
        QCOMPARE(table.get("columnDefinitions").size(), std::size_t(2));
        QCOMPARE(table.get("rows").size(), std::size_t(2));
        QVERIFY(table.get("rows").at(0).get("cells") == json(R"(["n1", "2026-01-01T00:00:00Z"])"));
        QVERIFY(table.get("rows").at(1).str("object", "metadata", "name") == "n2");
        QVERIFY(table.str("metadata", "resourceVersion") == "7");
    }

    void anEmptyListHasColumns()
    {
        const Value table = asTable(json(R"({"kind": "PodMetricsList", "items": []})"));
        QCOMPARE(table.get("columnDefinitions").size(), std::size_t(2));
        QCOMPARE(table.get("rows").size(), std::size_t(0));
    }

    void anObjectOfAWatchIsOneRow()
    {
        const Value table = asTable(json(R"({"kind": "Thing", "metadata": {"name": "t", "resourceVersion": "9"}})"));
        QCOMPARE(table.get("rows").size(), std::size_t(1));
        QVERIFY(table.get("rows").at(0).str("object", "metadata", "resourceVersion") == "9");
    }
};

QTEST_GUILESS_MAIN(TestPlainTable)
#include "tst_app_plain_table.moc"
