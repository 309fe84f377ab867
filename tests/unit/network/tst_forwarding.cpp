#include <QtTest>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/http/client.h"
#include "engine/network/forward/host_ports.h"
#include "tests/support/show_strings.h"

using namespace kates;
using namespace kates::network;

namespace {

int portOf(const OwnedFd& socket)
{
    sockaddr_in bound = {};
    socklen_t size = sizeof bound;
    ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&bound), &size);
    return ntohs(bound.sin_port);
}

Task<void> echo(std::unique_ptr<http::Stream> stream)
{
    for (;;) {
        auto bytes = co_await stream->read();
        if (!bytes || bytes->empty())
            co_return;
        auto written = co_await stream->write("<" + *bytes + ">");
        if (!written)
            co_return;
    }
}

// Sends back what it gets, in brackets, on 127.0.0.2.
class EchoServer {
public:
    explicit EchoServer(Loop& loop) : m_loop(loop), m_socket(*listenTcp("127.0.0.2", 0))
    {
        m_watch = loop.watch(m_socket.get(), Readable, [this](int) {
            spawn(echo(http::streamFromFd(m_loop, ::accept4(m_socket.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK))));
        });
    }
    int port() const { return portOf(m_socket); }

private:
    Loop& m_loop;
    OwnedFd m_socket;
    Registration m_watch;
};

Task<Result<std::unique_ptr<http::Stream>>> connectTo(Loop& loop, std::string address, int port)
{
    co_return co_await http::connectTcp(loop, address, port, std::chrono::seconds(5));
}

Task<std::string> exchange(Loop& loop, int port, std::string text)
{
    auto stream = co_await connectTo(loop, "127.0.0.1", port);
    if (!stream)
        co_return "no connection";
    auto written = co_await (*stream)->write(text);
    auto answer = co_await (*stream)->read();
    co_return written && answer ? *answer : "broken";
}

} // namespace

class TestForwarding : public QObject {
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<EchoServer> m_server;

    std::string ask(int port, const std::string& text) { return runToCompletion(*m_loop, exchange(*m_loop, port, text)); }
    void runUntil(Event event)
    {
        if (event.ready())
            return;
        auto limit = m_loop->after(std::chrono::seconds(10), [this] { m_loop->stop(); });
        spawn(detail::thenStop(*m_loop, wait(event)));
        m_loop->run();
        QVERIFY(event.ready());
    }
    static Task<void> wait(Event event) { co_await event; }
    static std::string key() { return "test-" + std::to_string(::getpid()); }
    HostPortsOptions options(std::vector<int>* refused = nullptr) const
    {
        return {key(), "", *Ipv4::parse("127.0.0.2"), [refused](HostPort port, const std::string&) {
                    if (refused)
                        refused->push_back(port.port);
                }};
    }
    std::uint16_t port() const { return static_cast<std::uint16_t>(m_server->port()); }

private slots:
    void init()
    {
        m_loop = makeLoop();
        m_server = std::make_unique<EchoServer>(*m_loop);
    }
    void cleanup()
    {
        m_server.reset();
        m_loop.reset();
    }

    void connectionsAreCarriedBothWays()
    {
        auto listening = listenTcp("127.0.0.1", 0);
        const int port = portOf(*listening);
        Forwarder forwarder(*m_loop, "test", std::move(*listening), [this] { return connectTo(*m_loop, "127.0.0.2", m_server->port()); });
        QCOMPARE(ask(port, "a"), std::string("<a>"));
        QCOMPARE(ask(port, "b"), std::string("<b>"));
        runToCompletion(*m_loop, forwarder.stop());
        QCOMPARE(ask(port, "c"), std::string("no connection"));
    }

    void aConnectionWithoutAFarEndIsClosed()
    {
        auto listening = listenTcp("127.0.0.1", 0);
        const int port = portOf(*listening);
        Forwarder forwarder(*m_loop, "test", std::move(*listening), [this] { return connectTo(*m_loop, "127.0.0.3", m_server->port()); });
        const auto answer = ask(port, "a");
        QVERIFY2(answer.empty() || answer == "broken", answer.c_str());
        runToCompletion(*m_loop, forwarder.stop());
    }

    void stoppingEndsOpenConnections()
    {
        auto listening = listenTcp("127.0.0.1", 0);
        const int port = portOf(*listening);
        Forwarder forwarder(*m_loop, "test", std::move(*listening), [this] { return connectTo(*m_loop, "127.0.0.2", m_server->port()); });
        auto stream = runToCompletion(*m_loop, connectTo(*m_loop, "127.0.0.1", port));
        QVERIFY(stream.has_value());
        QVERIFY(runToCompletion(*m_loop, (*stream)->write("x")).has_value());
        QCOMPARE(runToCompletion(*m_loop, (*stream)->read()).value_or("?"), std::string("<x>"));
        runToCompletion(*m_loop, forwarder.stop());
        const auto end = runToCompletion(*m_loop, (*stream)->read());
        QVERIFY(!end || end->empty());
    }

    void nodePortsComeAndGo()
    {
        HostPorts ports(*m_loop, options());
        ports.set({{false, port()}});
        ports.start();
        QCOMPARE(ask(port(), "a"), std::string("<a>"));
        ports.set({});
        QCOMPARE(ask(port(), "a"), std::string("no connection"));
        ports.set({{false, port()}});
        QCOMPARE(ask(port(), "a"), std::string("<a>"));
        runToCompletion(*m_loop, ports.stop());
        QCOMPARE(ask(port(), "a"), std::string("no connection"));
    }

    void anotherNodeOfTheClusterTakesOver()
    {
        std::vector<int> refused;
        HostPorts first(*m_loop, options(&refused));
        first.set({{false, port()}});
        first.start();
        QCOMPARE(ask(port(), "a"), std::string("<a>"));
        HostPorts second(*m_loop, options(&refused));
        second.set({{false, port()}});
        second.start();
        QCOMPARE(ask(port(), "b"), std::string("<b>"));
        QVERIFY(first.serving() && !second.serving());
        QVERIFY(refused.empty());
        runToCompletion(*m_loop, first.stop());
        Event tookOver;
        std::function<void()> look = [&] { second.serving() ? tookOver.set({}) : m_loop->post(look); };
        look();
        runUntil(tookOver);
        QCOMPARE(ask(port(), "c"), std::string("<c>"));
        runToCompletion(*m_loop, second.stop());
    }

    void aPortThatAnotherProgramHoldsIsReportedOnceAndTriedAgain()
    {
        auto other = listenTcp("127.0.0.1", port());
        QVERIFY(other.has_value());
        std::vector<int> refused;
        HostPorts ports(*m_loop, options(&refused));
        ports.set({{false, port()}});
        ports.start();
        Event served;
        std::function<void()> look = [&] { ports.serving() ? served.set({}) : m_loop->post(look); };
        look();
        runUntil(served);
        ports.set({{false, port()}});
        QCOMPARE(refused, std::vector<int>{port()});
        other->reset();
        ports.set({{false, port()}});
        QCOMPARE(ask(port(), "a"), std::string("<a>"));
        runToCompletion(*m_loop, ports.stop());
    }

    void datagramsAreCarriedBothWaysForEachClient()
    {
        auto server = bindUdp("127.0.0.2", 0);
        QVERIFY(server.has_value());
        const auto port = static_cast<std::uint16_t>(portOf(*server));
        HostPorts ports(*m_loop, options());
        ports.set({{true, port}});
        ports.start();
        auto echo = m_loop->watch(server->get(), Readable, [&](int) {
            char buffer[64];
            sockaddr_in peer = {};
            socklen_t size = sizeof peer;
            const auto got = ::recvfrom(server->get(), buffer, sizeof buffer, 0, reinterpret_cast<sockaddr*>(&peer), &size);
            const auto text = "<" + std::string(buffer, got > 0 ? static_cast<std::size_t>(got) : 0) + ">";
            ::sendto(server->get(), text.data(), text.size(), 0, reinterpret_cast<sockaddr*>(&peer), size);
        });
        Event served;
        std::function<void()> look = [&] { ports.serving() ? served.set({}) : m_loop->post(look); };
        look();
        runUntil(served);
        sockaddr_in target = {};
        target.sin_family = AF_INET;
        target.sin_port = htons(port);
        target.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto first = bindUdp("127.0.0.1", 0), second = bindUdp("127.0.0.1", 0);
        for (auto* client : {&*first, &*second, &*first}) {
            const std::string question = client == &*first ? "one" : "two";
            ::sendto(client->get(), question.data(), question.size(), 0, reinterpret_cast<sockaddr*>(&target), sizeof target);
            Event answered;
            std::string answer;
            auto watch = m_loop->watch(client->get(), Readable, [&, answered](int) {
                char buffer[64];
                const auto got = ::recv(client->get(), buffer, sizeof buffer, 0);
                answer.assign(buffer, got > 0 ? static_cast<std::size_t>(got) : 0);
                answered.set({});
            });
            runUntil(answered);
            QCOMPARE(answer, "<" + question + ">");
        }
        runToCompletion(*m_loop, ports.stop());
    }

    void aLeaseIsFreeTheMomentItsHolderIsKilled()
    {
        const auto name = "kates/lease-" + key();
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t holder = ::fork();
        if (holder == 0) {
            sockaddr_un address = {};
            address.sun_family = AF_UNIX;
            std::memcpy(address.sun_path + 1, name.data(), name.size());
            const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
            const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
            if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(socket, 8) != 0)
                ::_exit(1);
            (void)!::write(ready[1], "r", 1);
            for (;;)
                ::pause();
        }
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), ssize_t(1));
        Event held, turned;
        HostLease lease(*m_loop, name, [held] { held.set({}); });
        auto later = m_loop->after(std::chrono::milliseconds(5), [turned] { turned.set({}); });
        runUntil(turned);
        QVERIFY(!lease.isHeld());
        ::kill(holder, SIGKILL);
        runUntil(held);
        QVERIFY(lease.isHeld());
        ::waitpid(holder, nullptr, 0);
        ::close(ready[0]);
        ::close(ready[1]);
    }

    void badAddressesAreErrors()
    {
        QVERIFY(!listenTcp("localhost", 0).has_value());
        QVERIFY(!listenTcp("192.0.2.1", 0).has_value());
    }
};

QTEST_GUILESS_MAIN(TestForwarding)
#include "tst_forwarding.moc"
