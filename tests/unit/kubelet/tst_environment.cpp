#include <QtTest>

#include "engine/api/json.h"
#include "engine/kubelet/environment.h"

using namespace kates;
using namespace kates::kubelet;

class EnvironmentTest : public QObject {
    Q_OBJECT
    static api::Value json(const char* text) { return api::parseJson(text).value(); }
    EnvironmentSources sources()
    {
        EnvironmentSources s;
        s.configMap = [](std::string_view name) { return name == "cm" ? json(R"({"metadata":{"namespace":"n"},"data":{"a":"1","b":"2"}})") : api::Value(); };
        s.secret = [](std::string_view name) { return name == "sec" ? json(R"({"data":{"p":"c2VjcmV0"}})") : api::Value(); };
        s.serviceVariables = {{"WEB_SERVICE_HOST", "10.96.0.7"}};
        s.podIp = "10.244.0.5";
        s.hostIp = "172.30.0.2";
        return s;
    }
    static std::string value(const Environment& environment, const std::string& name)
    {
        for (const auto& [key, text] : environment)
            if (key == name)
                return text;
        return "(unset)";
    }

private slots:
    void referencesExpandAsUpstream()
    {
        Environment environment{{"A", "x"}, {"B", "y"}};
        QCOMPARE(expand("$(A)-$(B)-$(C)-$$(A)-$-$(", environment), std::string("x-y-$(C)-$(A)-$-$("));
    }
    void everySourceIsRead()
    {
        auto pod = json(R"({"metadata":{"name":"p","namespace":"n","labels":{"app":"web"}},"spec":{"nodeName":"node-1","containers":[
            {"name":"c","resources":{"limits":{"memory":"64Mi","cpu":"1500m"}}}]}})");
        auto container = json(R"j({"name":"c","envFrom":[{"prefix":"X_","configMapRef":{"name":"cm"}}],"env":[
            {"name":"PLAIN","value":"$(X_a)$(WEB_SERVICE_HOST)"},
            {"name":"SECRET","valueFrom":{"secretKeyRef":{"name":"sec","key":"p"}}},
            {"name":"LABEL","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels['app']"}}},
            {"name":"IP","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}},
            {"name":"CPU","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu"}}},
            {"name":"MEM","valueFrom":{"resourceFieldRef":{"resource":"limits.memory","divisor":"1Mi"}}},
            {"name":"GONE","valueFrom":{"configMapKeyRef":{"name":"no","key":"k","optional":true}}}]})j");
        auto environment = makeEnvironment(pod, container, sources());
        QVERIFY(environment.has_value());
        QCOMPARE(value(*environment, "PLAIN"), std::string("110.96.0.7"));
        QCOMPARE(value(*environment, "SECRET"), std::string("secret"));
        QCOMPARE(value(*environment, "LABEL"), std::string("web"));
        QCOMPARE(value(*environment, "IP"), std::string("10.244.0.5"));
        QCOMPARE(value(*environment, "CPU"), std::string("2"));
        QCOMPARE(value(*environment, "MEM"), std::string("64"));
        QCOMPARE(value(*environment, "GONE"), std::string("(unset)"));
    }
    void whatIsMissingIsNamed()
    {
        auto container = json(R"({"env":[{"name":"A","valueFrom":{"configMapKeyRef":{"name":"cm","key":"zz"}}}]})");
        QCOMPARE(makeEnvironment({}, container, sources()).error().message, std::string("couldn't find key zz in ConfigMap n/cm"));
        container = json(R"({"envFrom":[{"secretRef":{"name":"nope"}}]})");
        QCOMPARE(makeEnvironment({}, container, sources()).error().message, std::string("secret \"nope\" not found"));
    }
    void servicesBecomeVariables()
    {
        auto variables = serviceVariables({json(R"({"metadata":{"name":"my-db"},"spec":{"clusterIP":"10.96.0.9","ports":[{"name":"sql","port":5432}]}})"),
            json(R"({"metadata":{"name":"headless"},"spec":{"clusterIP":"None","ports":[{"port":1}]}})")});
        QCOMPARE(value(variables, "MY_DB_SERVICE_HOST"), std::string("10.96.0.9"));
        QCOMPARE(value(variables, "MY_DB_SERVICE_PORT_SQL"), std::string("5432"));
        QCOMPARE(value(variables, "MY_DB_PORT_5432_TCP"), std::string("tcp://10.96.0.9:5432"));
        QCOMPARE(value(variables, "HEADLESS_SERVICE_HOST"), std::string("(unset)"));
    }
};

QTEST_GUILESS_MAIN(EnvironmentTest)
#include "tst_environment.moc"
