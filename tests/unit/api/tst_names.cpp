#include "engine/api/names.h"

#include <QtTest>

using namespace kates::api;

class TestNames : public QObject {
    Q_OBJECT

private slots:
    void labels();
    void subdomains();
    void qualifiedNames();
    void labelValues();
};

void TestNames::labels()
{
    QVERIFY(!dns1123LabelProblem("a") && !dns1123LabelProblem("0-9") && !dns1123LabelProblem(std::string(63, 'a')));
    for (const std::string& bad : { std::string(), std::string("-a"), std::string("a-"), std::string("A"), std::string("a.b"), std::string(64, 'a') })
        QVERIFY2(dns1123LabelProblem(bad), bad.c_str());
    QVERIFY(!dns1035LabelProblem("a0") && dns1035LabelProblem("0a"));
}

void TestNames::subdomains()
{
    QVERIFY(!dns1123SubdomainProblem("a.b-c.0") && !dns1123SubdomainProblem("a"));
    for (const std::string& bad :
        { std::string(), std::string("a..b"), std::string(".a"), std::string("a."), std::string("a_b"), std::string(254, 'a') })
        QVERIFY2(dns1123SubdomainProblem(bad), bad.c_str());
}

void TestNames::qualifiedNames()
{
    for (const char* good : { "app", "example.com/App_x.y", "a/b", "0" })
        QVERIFY2(!qualifiedNameProblem(good), good);
    for (const char* bad : { "", "/", "/a", "a/", "A/b", "a/b/c", "-a", "a b", "é" })
        QVERIFY2(qualifiedNameProblem(bad), bad);
    QVERIFY(qualifiedNameProblem(std::string(64, 'a')));
    QCOMPARE(*qualifiedNameProblem("/a"), std::string("prefix part must be non-empty"));
}

void TestNames::labelValues()
{
    QVERIFY(!labelValueProblem("") && !labelValueProblem("A.b_c-0"));
    QVERIFY(labelValueProblem("a ") && labelValueProblem(".a") && labelValueProblem(std::string(64, 'a')));
}

QTEST_GUILESS_MAIN(TestNames)
#include "tst_names.moc"
