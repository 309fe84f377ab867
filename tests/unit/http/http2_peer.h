// A client that speaks HTTP/2 by nghttp2, and may misbehave on demand.
#pragma once

#include <nghttp2/nghttp2.h>

#include <functional>
#include <map>

#include "engine/http/connect.h"
#include "engine/http/socket.h"
#include "http_test.h"

namespace kates::http::test {

class Http2Peer {
public:
    struct StreamState {
        int status = 0;
        std::string body;
        bool closed = false;
        std::uint32_t errorCode = 0;
    };

    Http2Peer(Loop& loop, int port, bool manualWindow = false) : m_loop(loop), m_port(port)
    {
        nghttp2_session_callbacks* callbacks = nullptr;
        nghttp2_session_callbacks_new(&callbacks);
        nghttp2_session_callbacks_set_on_header_callback(callbacks, onHeader);
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, onData);
        nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, onClose);
        nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, onFrame);
        nghttp2_option* option = nullptr;
        nghttp2_option_new(&option);
        nghttp2_option_set_no_auto_window_update(option, manualWindow);
        nghttp2_option_set_peer_max_concurrent_streams(option, 100'000); // so that we can ask for more than we may
        nghttp2_session_client_new2(&m_session, callbacks, this, option);
        nghttp2_option_del(option);
        nghttp2_session_callbacks_del(callbacks);
        nghttp2_submit_settings(m_session, NGHTTP2_FLAG_NONE, nullptr, 0);
    }
    ~Http2Peer() { nghttp2_session_del(m_session); }

    Task<bool> connect()
    {
        auto fd = makeTcpSocket(AF_INET, {});
        auto address = parseAddress("127.0.0.1", m_port);
        auto connected = co_await connectSocket(m_loop, std::move(*fd), *address, MonotonicTime::max());
        if (!connected)
            co_return false;
        m_socket = Socket::make(m_loop, std::move(*connected));
        auto tls = makeClientTls({.caPem = Pki::shared().authority.certificatePem, .http2 = true});
        auto secured = co_await m_socket->startTls(*tls, "127.0.0.1");
        co_return secured && spokenProtocol(m_socket->tls()) == "h2";
    }
    using Fields = std::vector<std::pair<std::string, std::string>>;
    std::int32_t request(std::string method, std::string path, std::string body = {}, bool endBody = true, Fields extra = {})
    {
        Fields fields = {{":method", method}, {":scheme", "https"}, {":authority", "localhost"}, {":path", path}};
        fields.insert(fields.end(), extra.begin(), extra.end());
        std::vector<nghttp2_nv> list;
        for (auto& [name, value] : fields)
            list.push_back({bytes(name), bytes(value), name.size(), value.size(), 0});
        nghttp2_data_provider provider = {};
        provider.read_callback = readBody;
        bool withBody = !body.empty() || !endBody;
        auto id = nghttp2_submit_request(m_session, nullptr, list.data(), list.size(), withBody ? &provider : nullptr, nullptr);
        m_bodies[id] = {std::move(body), endBody};
        return id;
    }
    void reset(std::int32_t id) { nghttp2_submit_rst_stream(m_session, NGHTTP2_FLAG_NONE, id, NGHTTP2_CANCEL); }
    void consume(std::int32_t id, std::size_t size) { nghttp2_session_consume(m_session, id, size); }
    void queueRaw(std::string bytes) { m_socket->queue(std::move(bytes)); }

    // Talks until `done` holds; false when the connection ended before.
    Task<bool> runUntil(std::function<bool()> done)
    {
        for (;;) {
            flush();
            if (done())
                co_return true;
            std::string input;
            auto state = m_socket->read(input, 1u << 20);
            if (state == Socket::ReadState::WouldBlock)
                co_await m_socket->readable();
            else if (state != Socket::ReadState::Data)
                co_return false;
            else if (nghttp2_session_mem_recv(m_session, reinterpret_cast<const std::uint8_t*>(input.data()), input.size()) < 0)
                co_return false;
        }
    }
    void flush()
    {
        const std::uint8_t* data = nullptr;
        while (auto size = nghttp2_session_mem_send(m_session, &data)) {
            if (size < 0)
                break;
            m_socket->queue(std::string(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)));
        }
        m_socket->flush();
    }

    std::map<std::int32_t, StreamState> streams;
    bool goneAway = false;
    std::uint32_t goAwayCode = 0;
    bool closed(std::int32_t id) { return streams[id].closed; }

private:
    static std::uint8_t* bytes(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }
    static Http2Peer& self(void* user) { return *static_cast<Http2Peer*>(user); }
    static int onHeader(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t nameSize, const std::uint8_t* value,
        std::size_t valueSize, std::uint8_t, void* user)
    {
        if (std::string_view(reinterpret_cast<const char*>(name), nameSize) == ":status")
            self(user).streams[frame->hd.stream_id].status = std::atoi(std::string(reinterpret_cast<const char*>(value), valueSize).c_str());
        return 0;
    }
    static int onData(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* data, std::size_t size, void* user)
    {
        self(user).streams[id].body.append(reinterpret_cast<const char*>(data), size);
        return 0;
    }
    static int onClose(nghttp2_session*, std::int32_t id, std::uint32_t errorCode, void* user)
    {
        self(user).streams[id].closed = true;
        self(user).streams[id].errorCode = errorCode;
        return 0;
    }
    static int onFrame(nghttp2_session*, const nghttp2_frame* frame, void* user)
    {
        if (frame->hd.type == NGHTTP2_GOAWAY) {
            self(user).goneAway = true;
            self(user).goAwayCode = frame->goaway.error_code;
        }
        return 0;
    }
    static ssize_t readBody(
        nghttp2_session*, std::int32_t id, std::uint8_t* to, std::size_t size, std::uint32_t* flags, nghttp2_data_source*, void* user)
    {
        auto& body = self(user).m_bodies[id];
        auto count = std::min(size, body.rest.size());
        std::copy_n(body.rest.data(), count, to);
        body.rest.erase(0, count);
        if (body.rest.empty() && body.end)
            *flags |= NGHTTP2_DATA_FLAG_EOF;
        else if (count == 0)
            return NGHTTP2_ERR_DEFERRED;
        return static_cast<ssize_t>(count);
    }

    struct Body {
        std::string rest;
        bool end = true;
    };
    Loop& m_loop;
    int m_port;
    nghttp2_session* m_session = nullptr;
    std::shared_ptr<Socket> m_socket;
    std::map<std::int32_t, Body> m_bodies;
};

} // namespace kates::http::test
