#include <QtTest>

#include "engine/base/random.h"
#include "engine/network/dns/message.h"
#include "engine/network/dns/resolv_conf.h"
#include "tests/support/dns_client.h"
#include "tests/support/show_strings.h"

using namespace kates;
using namespace kates::network;
using namespace kates::network::dns;
using kates::test::dnsQuestion;
using kates::test::dnsText;

namespace {

Answer addresses(const std::string& name, int count)
{
    Answer answer;
    for (int index = 0; index < count; ++index)
        answer.answers.push_back({name, 5, Ipv4(0x0a000001u + static_cast<std::uint32_t>(index))});
    return answer;
}

std::string bytes(std::initializer_list<int> values)
{
    std::string text;
    for (int value : values)
        text += static_cast<char>(value);
    return text;
}

const std::string kHeader = bytes({0, 9, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}); // id 9, recursion desired, one question

} // namespace

class TestDnsMessage : public QObject {
    Q_OBJECT

private slots:
    void aQuestionIsRead()
    {
        const auto parsed = parseQuery(dnsQuestion("Web.Default", A, 258, 4096));
        QCOMPARE(parsed.query.name, std::string("web.default"));
        QCOMPARE(int(parsed.query.id), 258);
        QCOMPARE(int(parsed.query.type), int(A));
        QVERIFY(parsed.query.recursionDesired && !parsed.drop);
        QCOMPARE(int(parsed.error), int(NoError));
        QCOMPARE(parsed.query.udpSizeMax(), kEdnsUdpSizeMax);
        QCOMPARE(parseQuery(dnsQuestion("a", A)).query.udpSizeMax(), kPlainUdpSizeMax);
        QCOMPARE(parseQuery(dnsQuestion("a", A, 1, 10)).query.udpSizeMax(), kPlainUdpSizeMax);
    }

    void badMessagesAreDroppedOrRefused()
    {
        const auto good = dnsQuestion("a.b", A);
        QVERIFY(parseQuery("").drop);
        QVERIFY(parseQuery(good.substr(0, 11)).drop);
        auto response = good;
        response[2] |= '\x80';
        QVERIFY(parseQuery(response).drop);
        auto update = good;
        update[2] = 5 << 3;
        QCOMPARE(int(parseQuery(update).error), int(NotImp));
        auto two = good;
        two[5] = 2;
        QCOMPARE(int(parseQuery(two).error), int(FormErr));
        QCOMPARE(int(parseQuery(good.substr(0, good.size() - 1)).error), int(FormErr));
        QCOMPARE(int(parseQuery(kHeader + bytes({0xc0, 12, 0, 1, 0, 1})).error), int(FormErr)); // a pointer to itself
        QCOMPARE(int(parseQuery(kHeader + bytes({64}) + std::string(64, 'a') + bytes({0, 0, 1, 0, 1})).error), int(FormErr));
        std::string longName;
        for (int label = 0; label < 5; ++label)
            longName += bytes({60}) + std::string(60, 'a');
        QCOMPARE(int(parseQuery(kHeader + longName + bytes({0, 0, 1, 0, 1})).error), int(FormErr));
        auto version = dnsQuestion("a", A, 1, 1232);
        version[version.size() - 5] = 1;
        QCOMPARE(int(parseQuery(version).error), int(BadVersion));
    }

    void dotsInsideOfLabelsDoNotMakeOtherNames()
    {
        const auto parsed = parseQuery(kHeader + bytes({3}) + "a.b" + bytes({1}) + "c" + bytes({0, 0, 1, 0, 1}));
        QCOMPARE(parsed.query.name, std::string("a\\.b.c"));
        const auto response = writeResponse(parsed.query, {NxDomain, true, {}, {}, {}}, kPlainUdpSizeMax);
        QCOMPARE(dnsText(response), std::string("NXDOMAIN aa"));
    }

    void answersThatDoNotFitAreCutAndMarked()
    {
        auto query = parseQuery(dnsQuestion("web.default.svc.cluster.local", A)).query;
        const auto answer = addresses(query.name, 100);
        const auto small = writeResponse(query, answer, query.udpSizeMax());
        QVERIFY(small.size() <= kPlainUdpSizeMax);
        QVERIFY2(dnsText(small).starts_with("NOERROR tc | A 10.0.0.1"), dnsText(small).c_str());
        query.edns = Edns{4096, 0, false};
        const auto larger = writeResponse(query, answer, query.udpSizeMax());
        QVERIFY(larger.size() <= kEdnsUdpSizeMax && larger.size() > kPlainUdpSizeMax);
        QVERIFY(dnsText(larger).ends_with("| OPT"));
        const auto whole = writeResponse(query, addresses(query.name, 3'000), kTcpSizeMax);
        QVERIFY(dnsText(whole).starts_with("NOERROR | A 10.0.0.1"));
        QVERIFY(dnsText(whole).ends_with("A 10.0.11.184 | OPT"));
    }

    void additionalRecordsAreLeftOutWithoutAMark()
    {
        const auto query = parseQuery(dnsQuestion("a.b", Srv)).query;
        Answer answer;
        answer.answers.push_back({"a.b", 5, SrvData{0, 1, 80, "c.a.b"}});
        answer.additionals = addresses("c.a.b", 100).answers;
        const auto text = dnsText(writeResponse(query, answer, kPlainUdpSizeMax));
        QVERIFY2(text.starts_with("NOERROR | SRV 80 c.a.b | A 10.0.0.1"), text.c_str());
    }

    void namesAreCompressed()
    {
        const auto query = parseQuery(dnsQuestion("web.default.svc.cluster.local", A)).query;
        const auto response = writeResponse(query, addresses(query.name, 2), kPlainUdpSizeMax);
        QCOMPARE(response.size(), kHeaderSize + query.question.size() + 2 * 16);
    }

    void onlyTheResponseToTheQuestionIsTaken()
    {
        const auto query = parseQuery(dnsQuestion("Example.org", A, 77)).query;
        auto answer = addresses("example.org", 2);
        answer.answers[1].ttl = 3;
        const auto response = writeResponse(query, answer, kPlainUdpSizeMax);
        const auto info = parseResponse(response, 77, query.question);
        QVERIFY(info.has_value());
        QCOMPARE(info->ttlMin, std::uint32_t(3));
        QCOMPARE(info->ttlOffsets.size(), std::size_t(2));
        QVERIFY(parseResponse(response, 77, parseQuery(dnsQuestion("eXAMPLE.ORG", A)).query.question));
        QVERIFY(!parseResponse(response, 78, query.question));
        QVERIFY(!parseResponse(response, 77, parseQuery(dnsQuestion("example.com", A)).query.question));
        QVERIFY(!parseResponse(response, 77, parseQuery(dnsQuestion("example.org", Aaaa)).query.question));
        QVERIFY(!parseResponse(dnsQuestion("Example.org", A, 77), 77, query.question));
        QVERIFY(!parseResponse(response.substr(0, response.size() - 1), 77, query.question));
    }

    // Random changes of real messages: nothing is read outside of them (run with sanitizers) and whatever is answered can be read.
    void mutatedMessagesDoNoHarm()
    {
        auto random = makeSeededRandom(20261124);
        const std::vector<std::string> seeds{dnsQuestion("web.default.svc.cluster.local", A, 1, 1232),
            writeResponse(parseQuery(dnsQuestion("a.b", Srv)).query, addresses("a.b", 5), kPlainUdpSizeMax)};
        int answered = 0;
        for (int round = 0; round < 100'000; ++round) {
            auto message = seeds[random->below(seeds.size())];
            for (auto changes = random->below(4) + 1; changes > 0; --changes) {
                message[random->below(message.size())] = static_cast<char>(random->next());
                if (random->below(8) == 0)
                    message.resize(random->below(message.size()) + 1);
            }
            const auto parsed = parseQuery(message);
            (void)parseResponse(message, readNumber16(message + "  ", 0), parsed.query.question);
            if (parsed.drop || parsed.error != NoError)
                continue;
            ++answered;
            QVERIFY(dnsText(writeResponse(parsed.query, addresses("x.cluster.local", 3), parsed.query.udpSizeMax())) != "unreadable");
        }
        QVERIFY(answered > 1'000);
    }

    void nameserversAreReadFromResolvConf()
    {
        std::string text;
        for (const auto& server :
            parseNameservers("# x\nsearch a\nnameserver 10.0.0.1\n nameserver\t10.0.0.2 \nnameserver ::1\nnameserver\nnameserver 1.1.1.1\n"
                             "nameserver 8.8.8.8"))
            text += server.toString() + " ";
        QCOMPARE(text, std::string("10.0.0.1 10.0.0.2 1.1.1.1 "));
    }
};

QTEST_GUILESS_MAIN(TestDnsMessage)
#include "tst_dns_message.moc"
