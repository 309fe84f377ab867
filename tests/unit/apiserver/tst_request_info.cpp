#include <QtTest>

#include "engine/apiserver/request/request_info.h"

using namespace kates;
using namespace kates::apiserver;

class RequestInfoTest : public QObject {
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("expected"); // verb group/version ns resource name subresource rest
        auto row = [](const char* method, const char* target, const char* expected) { QTest::newRow(target) << method << target << expected; };
        row("GET", "/api/v1/pods", "list|/v1||pods|||");
        row("GET", "/api/v1/namespaces/default/pods", "list|/v1|default|pods|||");
        row("GET", "/api/v1/namespaces/default/pods/web", "get|/v1|default|pods|web||");
        row("POST", "/api/v1/namespaces/default/pods/web/binding", "create|/v1|default|pods|web|binding|");
        row("GET", "/api/v1/namespaces/default/pods/web/proxy/a/b%20c", "get|/v1|default|pods|web|proxy|a/b%20c");
        row("PUT", "/apis/apps/v1/namespaces/d/deployments/web/scale", "update|apps/v1|d|deployments|web|scale|");
        row("GET", "/api/v1/namespaces/default", "get|/v1|default|namespaces|default||");
        row("PUT", "/api/v1/namespaces/default/finalize", "update|/v1|default|namespaces|default|finalize|");
        row("GET", "/api/v1/namespaces/default/status", "get|/v1|default|namespaces|default|status|");
        row("GET", "/api/v1/namespaces/status/pods", "list|/v1|status|pods|||");
        row("GET", "/api/v1/nodes/n1", "get|/v1||nodes|n1||");
        row("DELETE", "/api/v1/nodes", "deletecollection|/v1||nodes|||");
        row("DELETE", "/api/v1/nodes/n1", "delete|/v1||nodes|n1||");
        row("PATCH", "/api/v1/nodes/n1", "patch|/v1||nodes|n1||");
        row("GET", "/api/v1/pods?watch=true", "watch|/v1||pods|||");
        row("GET", "/api/v1/pods?watch=1&fieldSelector=metadata.name%3Dweb", "watch|/v1||pods|web||");
        row("GET", "/api/v1/watch/namespaces/d/pods/web", "watch|/v1|d|pods|web||");
        row("GET", "/apis/apps/v1", "get");
        row("GET", "/api/v1", "get");
        row("GET", "/version", "get");
        row("POST", "/", "post");
    }

    void reads()
    {
        QFETCH(QString, method);
        QFETCH(QString, target);
        QFETCH(QString, expected);
        auto parts = target.split('?');
        auto query = http::Query::parse(parts.size() > 1 ? parts[1].toStdString() : "");
        auto path = parts[0].toStdString();
        auto info = parseRequestInfo(method.toStdString(), path, query);
        auto actual = info.verb;
        if (info.isResource)
            actual += "|" + info.group + "/" + info.version + "|" + info.ns + "|" + info.resource + "|" + info.name + "|" + info.subresource + "|"
                + info.rest;
        QCOMPARE(QString::fromStdString(actual), expected);
    }
};

QTEST_GUILESS_MAIN(RequestInfoTest)
#include "tst_request_info.moc"
