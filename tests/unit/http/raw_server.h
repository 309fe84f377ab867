// A TCP server that reads one request head and answers with given bytes, whatever they are.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "engine/base/files.h"
#include "engine/http/client.h"

namespace kates::http::test {

class RawServer {
public:
    // `stayOpen`: the connection is kept after the answer, so that the client decides.
    RawServer(Loop& loop, std::vector<std::string> answers, bool stayOpen = false)
        : m_loop(loop), m_state(std::make_shared<State>()), m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0))
    {
        m_state->answers = std::move(answers);
        m_state->stayOpen = stayOpen;
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(m_fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(m_fd.get(), 16);
        m_watch = loop.watch(m_fd.get(), Readable, [this](int) {
            int fd = ::accept(m_fd.get(), nullptr, nullptr);
            if (fd >= 0)
                spawn(answer(m_state, streamFromFd(m_loop, fd)));
        });
    }
    ~RawServer() { m_state->open.clear(); }
    int port() const
    {
        sockaddr_in address = {};
        socklen_t size = sizeof address;
        ::getsockname(m_fd.get(), reinterpret_cast<sockaddr*>(&address), &size);
        return ntohs(address.sin_port);
    }
    int connections() const { return m_state->connections; }
    const std::string& received() const { return m_state->received; }

private:
    struct State {
        std::vector<std::string> answers; // one per connection, the last one again and again
        std::vector<std::shared_ptr<Stream>> open;
        std::string received;
        int connections = 0;
        bool stayOpen = false;
    };
    static Task<void> answer(std::shared_ptr<State> state, std::unique_ptr<Stream> owned)
    {
        std::shared_ptr<Stream> stream = std::move(owned);
        std::string text = state->answers[std::min<std::size_t>(state->connections++, state->answers.size() - 1)];
        while (state->received.find("\r\n\r\n") == std::string::npos) {
            auto bytes = co_await stream->read();
            if (!bytes || bytes->empty())
                co_return;
            state->received += *bytes;
        }
        co_await stream->write(text);
        if (state->stayOpen)
            state->open.push_back(stream);
    }

    Loop& m_loop;
    std::shared_ptr<State> m_state;
    OwnedFd m_fd;
    Registration m_watch;
};

} // namespace kates::http::test
