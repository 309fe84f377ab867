#include <QtTest>

#include "tests/support/strategy_fixture.h"

using namespace kates;
using kates::api::Value;
using kates::test::create;
using kates::test::json;
using kates::test::update;

namespace {

QString service(const QString& spec, const QString& name = "s")
{
    return QString(R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"%2","namespace":"n"},"spec":%1})").arg(spec, name);
}

} // namespace

class TestServiceStrategy : public QObject {
    Q_OBJECT

private slots:
    void whatAServiceGetsByItself()
    {
        const auto made = create(service(R"({"selector":{"a":"b"},"ports":[{"port":80}]})"));
        QCOMPARE(made.problems, QString());
        QCOMPARE(made.object.get("spec"), json(R"({"selector":{"a":"b"},"ports":[{"port":80,"protocol":"TCP","targetPort":80}],"type":"ClusterIP",
            "sessionAffinity":"None","internalTrafficPolicy":"Cluster","ipFamilyPolicy":"SingleStack","ipFamilies":["IPv4"]})"));
        QCOMPARE(made.object.get("status"), json(R"({"loadBalancer":{}})"));
    }

    void problems_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problems");
        const auto row = [](const char* name, const QString& text, const char* problems) { QTest::newRow(name) << text << problems; };
        row("no ports", service("{}"), "spec.ports: Required value");
        row("headless without ports", service(R"({"clusterIP":"None"})"), "");
        row("unnamed", service(R"({"ports":[{"port":80},{"port":81,"name":"b"}]})"), "spec.ports[0].name: Required value");
        row("same names", service(R"({"ports":[{"port":80,"name":"a"},{"port":81,"name":"a"}]})"), "spec.ports[1].name: Duplicate value: \"a\"");
        row("same ports", service(R"({"ports":[{"port":80,"name":"a"},{"port":80,"name":"b"}]})"),
            "spec.ports[1]: Duplicate value: {\"port\":80,\"protocol\":\"TCP\"}");
        row("port", service(R"({"ports":[{"port":0}]})"),
            "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive\n"
            "spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive");
        row("type", service(R"({"type":"Other","ports":[{"port":80}]})"),
            "spec.type: Unsupported value: \"Other\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"");
        row("node port", service(R"({"ports":[{"port":80,"nodePort":30000}]})"), "spec.ports[0].nodePort: Forbidden: may not be used when `type` "
            "is 'ClusterIP'");
        row("headless node port", service(R"({"type":"NodePort","clusterIP":"None","ports":[{"port":80}]})"),
            "spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services");
        row("external name", service(R"({"type":"ExternalName"})"), "spec.externalName: Required value");
        row("external name given", service(R"({"type":"ExternalName","externalName":"a.example."})"), "");
        row("address", service(R"({"clusterIP":"1.2.3","ports":[{"port":80}]})"),
            "spec.clusterIPs[0]: Invalid value: \"1.2.3\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        row("name", service(R"({"ports":[{"port":80}]})", "1a"),
            "metadata.name: Invalid value: \"1a\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an "
                "alphabetic "
            "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is "
                "'[a-z]([-a-z0-9]*[a-z0-9])?')");
    }
    void problems()
    {
        QFETCH(QString, text);
        QFETCH(QString, problems);
        QCOMPARE(create(text).problems, problems);
    }

    void whatWasAllocatedStays()
    {
        Value old = create(service(R"({"type":"NodePort","ports":[{"port":80}]})")).object;
        old.edit("spec").set("clusterIP", "10.96.0.5"); // as the allocator does
        old.edit("spec").set("clusterIPs", json(R"(["10.96.0.5"])"));
        old.edit("spec", "ports").editAt(0).set("nodePort", 30001);
        const Value again = json(service(R"({"type":"NodePort","ports":[{"port":80}]})"));
        const auto updated = update(old, again);
        QCOMPARE(updated.problems, QString());
        QCOMPARE(updated.object.get("spec"), old.get("spec"));

        Value moved = old;
        moved.edit("spec").set("clusterIP", "10.96.0.6");
        moved.edit("spec").set("clusterIPs", json(R"(["10.96.0.6"])"));
        QCOMPARE(update(old, moved).problems, QString("spec.clusterIPs[0]: Invalid value: [\"10.96.0.6\"]: may not change once set"));

        Value inward = old;
        inward.edit("spec").set("type", "ClusterIP");
        const auto smaller = update(old, inward);
        QCOMPARE(smaller.problems, QString());
        QVERIFY(!smaller.object.get("spec", "ports").at(0).has("nodePort"));
        QVERIFY(!smaller.object.get("spec").has("externalTrafficPolicy"));
    }
};

QTEST_GUILESS_MAIN(TestServiceStrategy)
#include "tst_service_strategy.moc"
