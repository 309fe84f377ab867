#include "http_test.h"

#include <sys/socket.h>

#include "engine/http/spdy.h"
#include "engine/http/spdy_frames.h"

using namespace kates;
using namespace kates::http;
using namespace kates::http::test;

namespace {

struct StreamPair {
    std::unique_ptr<Stream> server, client;
    explicit StreamPair(Loop& loop)
    {
        int fds[2] = {};
        ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds);
        server = streamFromFd(loop, fds[0]);
        client = streamFromFd(loop, fds[1]);
    }
};

// The client's end, frame by frame, as spdystream writes them.
struct Peer {
    std::unique_ptr<Stream> stream;
    SpdyFrameReader reader;
    SpdyDeflater deflater;
    SpdyInflater inflater;

    std::string synStream(std::uint32_t id, const Headers& headers, std::uint8_t flags = 0)
    {
        return spdyControl(SpdyType::SynStream, flags, spdyNumber(id) + spdyNumber(0) + std::string(2, '\0') + deflater.encode(headers));
    }
    std::string rst(std::uint32_t id, std::uint32_t status) { return spdyControl(SpdyType::RstStream, 0, spdyNumber(id) + spdyNumber(status)); }
};

Task<void> send(Peer& peer, std::string bytes)
{
    co_await peer.stream->write(std::move(bytes));
}

// The next frame; type Data on stream 0 stands for the end.
Task<SpdyFrame> nextFrame(Peer& peer)
{
    for (;;) {
        auto frame = peer.reader.next();
        if (!frame)
            co_return SpdyFrame{SpdyType::Data};
        if (*frame)
            co_return std::move(**frame);
        auto bytes = co_await peer.stream->read();
        if (!bytes || bytes->empty())
            co_return SpdyFrame{SpdyType::Data};
        peer.reader.push(*bytes);
    }
}

// Everything that comes until the end, as text.
Task<std::string> untilEnd(Peer& peer)
{
    std::string seen;
    for (;;) {
        auto frame = co_await nextFrame(peer);
        if (frame.type == SpdyType::Data && frame.streamId == 0)
            co_return seen;
        seen += std::to_string(static_cast<int>(frame.type)) + ' ';
    }
}

// Serves like a port-forward: each stream is echoed, with its "port" header in front.
Task<void> echoStream(SpdyConnection::Incoming incoming)
{
    std::string port(incoming.headers.get("port"));
    auto stream = std::move(incoming.stream);
    for (;;) {
        auto bytes = co_await stream->read();
        if (!bytes || bytes->empty())
            break;
        co_await stream->write(port + ":" + *bytes);
    }
    stream->closeWrite();
}

Task<void> echoStreams(std::shared_ptr<SpdyConnection> connection)
{
    for (;;) {
        auto incoming = co_await connection->accept();
        if (!incoming)
            co_return;
        spawn(echoStream(std::move(*incoming)));
    }
}

} // namespace

class SpdyTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Loop> m_loop;
    std::shared_ptr<SpdyConnection> m_connection;
    std::unique_ptr<Peer> m_peer;

    template <typename T>
    T run(Task<T> task)
    {
        return runToCompletion(*m_loop, std::move(task));
    }
    void write(std::string bytes) { run(send(*m_peer, std::move(bytes))); }
    SpdyFrame next() { return run(nextFrame(*m_peer)); }
    SpdyConnection::Incoming accept() { return std::move(*run(m_connection->accept())); }

private slots:
    void init()
    {
        m_loop = makeLoop();
        StreamPair pair(*m_loop);
        m_peer = std::make_unique<Peer>();
        m_peer->stream = std::move(pair.client);
        m_connection = makeSpdyServer(*m_loop, std::move(pair.server));
    }
    void cleanup()
    {
        m_connection.reset();
        m_peer.reset();
        m_loop.reset();
    }

    void theDictionaryIsTheSpecifications()
    {
        // zlib's header with a dictionary carries the dictionary's Adler-32.
        auto block = SpdyDeflater().encode({});
        QCOMPARE(block.substr(0, 6), std::string("\x78\xbb\xe3\xc6\xa7\xc2"));
    }
    void headersSurviveInSequence()
    {
        SpdyDeflater deflater;
        SpdyInflater inflater;
        for (int i = 0; i < 50; ++i) {
            auto number = std::to_string(i);
            std::string id(static_cast<std::size_t>(i) * 100, 'x');
            auto decoded = inflater.decode(deflater.encode({{"StreamType", "data"}, {"port", number}, {"requestID", id}}));
            QVERIFY(decoded);
            QCOMPARE(decoded->get("port"), std::string_view(number));
            QCOMPARE(decoded->fields()[0].first, std::string("streamtype"));
        }
        auto several = inflater.decode(deflater.encode({{"a", std::string("1\0" "2", 3)}, {"empty", ""}}));
        QCOMPARE(several->fields().size(), std::size_t(3));
        QVERIFY(!inflater.decode("garbage"));
    }
    void aHeaderBlockThatBlowsUpIsRefused()
    {
        SpdyDeflater deflater;
        SpdyInflater inflater;
        QVERIFY(!inflater.decode(deflater.encode({{"a", std::string(10'000'000, 'x')}})));
    }
    void streamsAreAcceptedAndEchoed()
    {
        spawn(echoStreams(m_connection));
        auto first = m_peer->synStream(1, {{"streamType", "data"}, {"port", "80"}});
        auto second = m_peer->synStream(3, {{"streamType", "data"}, {"port", "81"}});
        write(first + second + spdyData(3, 0, "three") + spdyData(1, 0, "one") + spdyData(1, kSpdyFin, {}));
        auto reply = next();
        QVERIFY(reply.type == SpdyType::SynReply);
        QCOMPARE(spdyNumberAt(reply.payload, 0), 1u);
        QVERIFY(m_peer->inflater.decode(std::string_view(reply.payload).substr(4)));
        QVERIFY(next().type == SpdyType::SynReply);
        auto data = next();
        QCOMPARE(data.streamId, 3u);
        QCOMPARE(data.payload, std::string("81:three"));
        data = next();
        QCOMPARE(data.streamId, 1u);
        QCOMPARE(data.payload, std::string("80:one"));
        data = next();
        QCOMPARE(data.streamId, 1u);
        QCOMPARE(int(data.flags), int(kSpdyFin));
    }
    void pingsComeBack()
    {
        write(spdyControl(SpdyType::Ping, 0, spdyNumber(7)));
        auto pong = next();
        QVERIFY(pong.type == SpdyType::Ping);
        QCOMPARE(spdyNumberAt(pong.payload, 0), 7u);
    }
    void unknownFramesAreSkipped()
    {
        write(spdyControl(static_cast<SpdyType>(77), 0, "whatever") + spdyControl(SpdyType::Ping, 0, spdyNumber(9)));
        QCOMPARE(spdyNumberAt(next().payload, 0), 9u);
    }
    void aResetEndsTheStream()
    {
        write(m_peer->synStream(1, {{"port", "80"}}));
        auto incoming = accept();
        write(m_peer->rst(1, kSpdyCancel));
        QVERIFY(!run(incoming.stream->read()));
        QVERIFY(!run(incoming.stream->write("late")));
    }
    void aStreamThatWeDropIsReset()
    {
        write(m_peer->synStream(1, {{"port", "80"}}));
        auto incoming = accept();
        incoming.stream.reset();
        QVERIFY(next().type == SpdyType::SynReply);
        auto reset = next();
        QVERIFY(reset.type == SpdyType::RstStream);
        QCOMPARE(spdyNumberAt(reset.payload, 4), kSpdyCancel);
        // What was on its way is ignored.
        write(spdyData(1, 0, "late") + spdyControl(SpdyType::Ping, 0, spdyNumber(1)));
        QVERIFY(next().type == SpdyType::Ping);
    }
    void bothEndsOfAStreamEndSeparately()
    {
        write(m_peer->synStream(1, {{"port", "80"}}) + spdyData(1, kSpdyFin, "all"));
        auto incoming = accept();
        QCOMPARE(*run(incoming.stream->read()), std::string("all"));
        QCOMPARE(*run(incoming.stream->read()), std::string());
        QVERIFY(run(incoming.stream->write("answer")));
        incoming.stream->closeWrite();
        QVERIFY(!run(incoming.stream->write("more")));
        incoming.stream.reset(); // both sides have ended: nothing to reset
        write(spdyControl(SpdyType::Ping, 0, spdyNumber(1)));
        QVERIFY(next().type == SpdyType::SynReply);
        QCOMPARE(next().payload, std::string("answer"));
        QCOMPARE(int(next().flags), int(kSpdyFin));
        QVERIFY(next().type == SpdyType::Ping);
    }
    void writesAreServedInOrder()
    {
        write(m_peer->synStream(1, {{"port", "80"}}));
        auto incoming = accept();
        std::string first(3u << 20, 'a'), second(100'000, 'b');
        m_loop->post([&] {
            spawn(writeAll(*incoming.stream, first));
            spawn(writeAll(*incoming.stream, second));
        });
        QVERIFY(next().type == SpdyType::SynReply);
        std::string received;
        while (received.size() < first.size() + second.size())
            received += next().payload;
        QVERIFY(received == first + second);
    }
    static Task<void> writeAll(Stream& stream, std::string bytes) { co_await stream.write(std::move(bytes)); }
    void windowsBindAPeerThatKnowsThem()
    {
        write(spdyControl(SpdyType::Settings, 0, spdyNumber(1) + spdyNumber(kSpdySettingsInitialWindow) + spdyNumber(1000))
            + m_peer->synStream(1, {{"port", "80"}}));
        auto incoming = accept();
        m_loop->post([&] { spawn(writeAll(*incoming.stream, std::string(1500, 'x'))); });
        QVERIFY(next().type == SpdyType::SynReply);
        QCOMPARE(next().payload.size(), std::size_t(1000));
        write(spdyControl(SpdyType::WindowUpdate, 0, spdyNumber(1) + spdyNumber(300)));
        QCOMPARE(next().payload.size(), std::size_t(300));
        write(spdyControl(SpdyType::WindowUpdate, 0, spdyNumber(1) + spdyNumber(300)));
        QCOMPARE(next().payload.size(), std::size_t(200));
        // And the other way: what we read is given back.
        write(spdyData(1, 0, std::string(40'000, 'y')));
        std::size_t got = 0;
        while (got < 40'000)
            got += run(incoming.stream->read())->size();
        auto update = next();
        QVERIFY(update.type == SpdyType::WindowUpdate);
    }
    void aReaderThatSleepsHoldsThePeerBack()
    {
        write(m_peer->synStream(1, {{"port", "80"}}));
        auto incoming = accept();
        auto sent = std::make_shared<std::size_t>(0);
        m_loop->post([&, sent] { spawn(writeForever(*m_peer, sent)); });
        run(untilStill(*m_loop, sent));
        QVERIFY2(*sent < 4'000'000, std::to_string(*sent).c_str());
        std::size_t got = 0;
        while (got < 8'000'000)
            got += run(incoming.stream->read())->size();
        QVERIFY(*sent > 7'000'000);
        m_connection->close();
    }
    static Task<void> writeForever(Peer& peer, std::shared_ptr<std::size_t> sent)
    {
        for (;;) {
            std::string frame = spdyData(1, 0, std::string(32'000, 'x'));
            auto written = co_await peer.stream->write(std::move(frame));
            if (!written)
                co_return;
            *sent += 32'000;
        }
    }
    static Task<void> untilStill(Loop& loop, std::shared_ptr<std::size_t> count)
    {
        std::size_t before = 0;
        for (int still = 0; still < 50; still = before == *count ? still + 1 : 0) {
            before = *count;
            co_await yieldTo(loop);
        }
    }
    void violationsEndTheConnection_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        Peer peer;
        auto row = [](const char* name, std::string bytes) { QTest::newRow(name) << QByteArray::fromStdString(bytes); };
        row("version 2", std::string("\x80\x02\x00\x06\x00\x00\x00\x04\x00\x00\x00\x01", 12));
        row("too large", std::string("\x80\x03\x00\x06\x00\xff\xff\xff", 8));
        row("even stream", Peer().synStream(2, {}));
        row("stream twice", peer.synStream(1, {}) + peer.synStream(1, {}));
        row("stream 0", Peer().synStream(0, {}));
        row("short", spdyControl(SpdyType::SynStream, 0, "abc"));
        row("bad headers", spdyControl(SpdyType::SynStream, 0, spdyNumber(1) + spdyNumber(0) + "xxgarbage"));
        row("data without stream", spdyData(5, 0, "x"));
        row("data after fin", Peer().synStream(1, {}, kSpdyFin) + spdyData(1, 0, "x"));
        row("short reset", spdyControl(SpdyType::RstStream, 0, "abc"));
        row("window overflow", spdyControl(SpdyType::WindowUpdate, 0, spdyNumber(0) + spdyNumber(0x7fffffff)));
    }
    void violationsEndTheConnection()
    {
        QFETCH(QByteArray, bytes);
        write(bytes.toStdString());
        auto seen = run(untilEnd(*m_peer));
        QVERIFY2(seen.ends_with("7 ") || seen.ends_with("7 7 "), seen.c_str());
        while (run(m_connection->accept())) { } // what came before; then the end
    }
    void tooManyStreamsAreRefused()
    {
        std::string bytes;
        for (std::uint32_t i = 0; i <= 1000; ++i)
            bytes += m_peer->synStream(2 * i + 1, {});
        m_loop->post([this, bytes] { spawn(send(*m_peer, bytes)); });
        for (int i = 0; i < 1000; ++i)
            QVERIFY(next().type == SpdyType::SynReply);
        auto refused = next();
        QVERIFY(refused.type == SpdyType::RstStream);
        QCOMPARE(spdyNumberAt(refused.payload, 4), kSpdyRefusedStream);
    }
    void closingEndsEverything()
    {
        write(m_peer->synStream(1, {{"port", "80"}}));
        auto incoming = accept();
        m_connection->close();
        QVERIFY(!run(incoming.stream->read()));
        QVERIFY(!run(m_connection->accept()));
        QCOMPARE(run(untilEnd(*m_peer)), std::string("2 7 "));
    }
    void aPeerThatVanishesEndsEverything()
    {
        write(m_peer->synStream(1, {{"port", "80"}}));
        auto incoming = accept();
        m_peer.reset();
        QVERIFY(!run(incoming.stream->read()));
        QVERIFY(!run(m_connection->accept()));
    }
};

QTEST_GUILESS_MAIN(SpdyTest)
#include "tst_spdy.moc"
