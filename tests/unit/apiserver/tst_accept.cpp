#include <QtTest>

#include "engine/apiserver/request/accept.h"

using namespace kates::apiserver;

class AcceptTest : public QObject {
    Q_OBJECT

private slots:
    void negotiates_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("expected");
        QTest::newRow("absent") << "" << "json object";
        QTest::newRow("anything") << "*/*" << "json object";
        QTest::newRow("kubectl get")
            << "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json"
            << "json table";
        QTest::newRow("falls back") << "application/json;as=Table;v=v1beta1;g=meta.k8s.io, application/json" << "json object";
        QTest::newRow("protobuf first") << "application/vnd.kubernetes.protobuf,application/json" << "json object";
        QTest::newRow("yaml") << "application/yaml" << "yaml object";
        QTest::newRow("metadata") << "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1" << "json metadata";
        QTest::newRow("quality") << "application/json;q=0.1, application/yaml;q=0.9" << "yaml object";
        QTest::newRow("protobuf only") << "application/vnd.kubernetes.protobuf" << "none";
        QTest::newRow("refused") << "application/json;q=0" << "none";
        QTest::newRow("unknown form") << "application/json;as=Nothing;g=meta.k8s.io;v=v1" << "none";
        QTest::newRow("html") << "text/html" << "none";
    }

    void negotiates()
    {
        QFETCH(QString, header);
        QFETCH(QString, expected);
        auto form = negotiate(header.toStdString(), true);
        QString actual = "none";
        if (form) {
            actual = form->encoding == Encoding::Yaml ? "yaml " : "json ";
            actual += form->form == Form::Table ? "table" : form->form == Form::PartialMetadata ? "metadata" : "object";
        }
        QCOMPARE(actual, expected);
    }

    void formsAreRefusedWhereThereAreNone()
    {
        QVERIFY(!negotiate("application/json;as=Table;v=v1;g=meta.k8s.io", false));
        QVERIFY(negotiate("application/json;as=Table;v=v1;g=meta.k8s.io,application/json", false));
    }
};

QTEST_GUILESS_MAIN(AcceptTest)
#include "tst_accept.moc"
