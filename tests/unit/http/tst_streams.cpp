// Streams over descriptors, pipes between them, sockets in other network namespaces.
#include "engine/base/files.h"
#include "http_test.h"

#include <fcntl.h>
#include <pty.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>


using namespace kates;
using namespace kates::http;
using namespace kates::http::test;

namespace {

struct Pair {
    std::unique_ptr<Stream> near, far;
    explicit Pair(Loop& loop)
    {
        int fds[2] = {};
        ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds);
        near = streamFromFd(loop, fds[0]);
        far = streamFromFd(loop, fds[1]);
    }
};

Task<std::string> readAll(Stream& stream)
{
    std::string all;
    for (;;) {
        auto bytes = co_await stream.read();
        if (!bytes || bytes->empty())
            co_return all;
        all += *bytes;
    }
}

Task<void> writeAndEnd(Stream& stream, std::string bytes)
{
    co_await stream.write(std::move(bytes));
    stream.closeWrite();
}

Task<void> note(Task<void> task, std::shared_ptr<bool> done)
{
    co_await std::move(task);
    *done = true;
}

} // namespace

class StreamsTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Loop> m_loop;

    template <typename T>
    T run(Task<T> task)
    {
        return runToCompletion(*m_loop, std::move(task));
    }

private slots:
    void init() { m_loop = makeLoop(); }
    void cleanup() { m_loop.reset(); }

    void largeWritesArriveWhole()
    {
        Pair pair(*m_loop);
        std::string sent(5'000'000, 'x');
        m_loop->post([&] { spawn(writeAndEnd(*pair.near, sent)); });
        QVERIFY(run(readAll(*pair.far)) == sent);
    }
    void aClosedPeerIsAnErrorForTheWriter()
    {
        Pair pair(*m_loop);
        pair.far.reset();
        auto written = run(pair.near->write("x"));
        QVERIFY(!written);
        QCOMPARE(written.error().systemError, EPIPE);
        QVERIFY(!run(pair.near->write("y")));
    }
    void closingEndsAWaitingReadAndWrite()
    {
        Pair pair(*m_loop);
        m_loop->post([&] { m_loop->post([&] { pair.near->close(); }); });
        auto bytes = run(pair.near->read());
        QVERIFY(!bytes);
        Pair second(*m_loop);
        m_loop->post([&] { m_loop->post([&] { second.near->close(); }); });
        QVERIFY(!run(second.near->write(std::string(50'000'000, 'x'))));
    }
    void destroyingAStreamEndsItsReader()
    {
        Pair pair(*m_loop);
        m_loop->post([&] { m_loop->post([&] { pair.near.reset(); }); });
        QVERIFY(!run(pair.near->read()));
    }
    void pipesAndTerminalsWorkToo()
    {
        int fds[2] = {};
        QCOMPARE(::pipe2(fds, O_CLOEXEC), 0);
        auto readEnd = streamFromFd(*m_loop, fds[0]), writeEnd = streamFromFd(*m_loop, fds[1]);
        QVERIFY(run(writeEnd->write("through a pipe")));
        QCOMPARE(*run(readEnd->read()), std::string("through a pipe"));
        readEnd.reset();
        QVERIFY(!run(writeEnd->write("nobody reads")));

        int master = -1, slave = -1;
        QCOMPARE(::openpty(&master, &slave, nullptr, nullptr, nullptr), 0);
        auto terminal = streamFromFd(*m_loop, master);
        QCOMPARE(::write(slave, "$ ", 2), ssize_t(2));
        QCOMPARE(*run(terminal->read()), std::string("$ "));
        ::close(slave);
        QCOMPARE(*run(terminal->read()), std::string()); // EIO is a terminal's end
    }
    void aPipeCopiesBothWaysAndPassesHalfCloseOn()
    {
        Pair left(*m_loop), right(*m_loop);
        auto done = std::make_shared<bool>(false);
        auto leftFar = std::move(left.far), rightFar = std::move(right.far);
        m_loop->post([&] { spawn(note(kates::http::pipe(*m_loop, std::move(left.near), std::move(right.near)), done)); });
        m_loop->post([&] { spawn(writeAndEnd(*leftFar, std::string(1'000'000, 'q'))); });
        QCOMPARE(run(readAll(*rightFar)).size(), std::size_t(1'000'000)); // the question ended
        QVERIFY(!*done);
        m_loop->post([&] { spawn(writeAndEnd(*rightFar, "answer")); });
        QCOMPARE(run(readAll(*leftFar)), std::string("answer"));
        QVERIFY(*done);
    }
    void aPipeEndsWhenASideFails()
    {
        Pair left(*m_loop), right(*m_loop);
        auto done = std::make_shared<bool>(false);
        m_loop->post([&] { spawn(note(kates::http::pipe(*m_loop, std::move(left.near), std::move(right.near)), done)); });
        run(left.far->write("x"));
        run(right.far->read());
        right.far.reset(); // gone altogether: our next write fails
        run(left.far->write("y"));
        QCOMPARE(run(readAll(*left.far)), std::string());
        QVERIFY(*done);
    }
    void aPipeEndsWhenItIsToldTo()
    {
        Pair left(*m_loop), right(*m_loop);
        std::stop_source stop;
        auto done = std::make_shared<bool>(false);
        m_loop->post([&] { spawn(note(kates::http::pipe(*m_loop, std::move(left.near), std::move(right.near), stop.get_token()), done)); });
        m_loop->post([&] { m_loop->post([&] { stop.request_stop(); }); });
        QCOMPARE(run(readAll(*left.far)), std::string());
        QCOMPARE(run(readAll(*right.far)), std::string());
        QVERIFY(*done);
    }
    void aConnectionStartsInsideANetworkNamespace()
    {
        // A namespace of its own has no way to our loopback: its own is even down.
        auto server = serve(*m_loop, {{"/", hello}});
        OwnedFd space;
        std::string problem;
        std::thread([&] {
            if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0 && ::unshare(CLONE_NEWNET) != 0)
                problem = "cannot make a network namespace";
            else
                space = OwnedFd(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
        }).join();
        if (!space)
            QSKIP(problem.c_str());
        auto path = "/proc/self/fd/" + std::to_string(space.get());
        auto inside = run(connectTcp(*m_loop, "127.0.0.1", server->port(), 5s, path));
        if (!inside && inside.error().systemError == EPERM)
            QSKIP("may not enter the namespace");
        QVERIFY(!inside);
        QCOMPARE(inside.error().systemError, ENETUNREACH);
        QVERIFY(run(connectTcp(*m_loop, "127.0.0.1", server->port(), 5s)));
    }
    void aConnectionThatNobodyAnswersTimesOut()
    {
        // A listener whose queue is full drops what comes.
        OwnedFd listener(::socket(AF_INET, SOCK_STREAM, 0));
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(listener.get(), 0);
        socklen_t size = sizeof address;
        ::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size);
        auto first = run(connectTcp(*m_loop, "127.0.0.1", ntohs(address.sin_port), 1s));
        auto second = run(connectTcp(*m_loop, "127.0.0.1", ntohs(address.sin_port), 50ms));
        QVERIFY(first);
        QVERIFY(!second);
        QCOMPARE(second.error().systemError, ETIMEDOUT);
    }
};

QTEST_GUILESS_MAIN(StreamsTest)
#include "tst_streams.moc"
