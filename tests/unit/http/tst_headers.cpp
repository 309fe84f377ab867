#include <QtTest>

#include "engine/http/headers.h"

using namespace kates::http;

class HeadersTest : public QObject {
    Q_OBJECT
private slots:
    void namesAreComparedWithoutCase()
    {
        Headers headers{{"Content-Type", "a"}, {"X", "1"}, {"x", "2"}};
        QCOMPARE(headers.get("content-type"), std::string_view("a"));
        QCOMPARE(headers.get("X"), std::string_view("1"));
        QCOMPARE(headers.count("x"), std::size_t(2));
        headers.set("x", "3");
        QCOMPARE(headers.count("X"), std::size_t(1));
        headers.remove("CONTENT-TYPE");
        QVERIFY(!headers.has("Content-Type"));
        QCOMPARE(headers.get("absent"), std::string_view());
    }
    void tokensAreFoundInLists()
    {
        Headers headers{{"Connection", "keep-alive, Upgrade"}, {"Connection", "other"}};
        QVERIFY(headers.containsToken("connection", "upgrade"));
        QVERIFY(headers.containsToken("connection", "OTHER"));
        QVERIFY(!headers.containsToken("connection", "Up"));
        QVERIFY(!headers.containsToken("absent", "x"));
    }
    void queriesAreDecoded()
    {
        auto query = Query::parse("labelSelector=app%3Dweb%2Ctier+in+%28a%29&watch&limit=5&command=a&command=b&&=x&broken=%zz%4");
        QCOMPARE(query.get("labelSelector"), std::string_view("app=web,tier in (a)"));
        QVERIFY(query.has("watch"));
        QCOMPARE(query.get("watch"), std::string_view());
        QCOMPARE(query.all("command"), (std::vector<std::string_view>{"a", "b"}));
        QCOMPARE(query.get(""), std::string_view("x"));
        QCOMPARE(query.get("broken"), std::string_view("%zz%4"));
        QVERIFY(Query::parse("").empty());
    }
    void queriesSurviveARoundTrip()
    {
        Query query;
        query.add("a b", "c&d=e+%\xc3\xa4");
        query.add("empty", "");
        QCOMPARE(query.toString(), std::string("a%20b=c%26d%3De%2B%25%C3%A4&empty="));
        QCOMPARE(Query::parse(query.toString()).items(), query.items());
    }
    void percentDecodingRefusesBrokenEscapes()
    {
        QCOMPARE(percentDecode("a%2Fb"), std::optional<std::string>("a/b"));
        QVERIFY(!percentDecode("%"));
        QVERIFY(!percentDecode("%2"));
        QVERIFY(!percentDecode("%2g"));
    }
};

QTEST_GUILESS_MAIN(HeadersTest)
#include "tst_headers.moc"
