// A gRPC server's side of grpc.health.v1.Health/Check, by nghttp2: headers, one message, and the status in the trailers.
#pragma once

#include <nghttp2/nghttp2.h>

#include <arpa/inet.h>
#include <cstring>
#include <sys/socket.h>

#include "engine/base/files.h"
#include "engine/http/client.h"

namespace kates::test {

class GrpcHealthServer {
public:
    // Answers with this status byte (1: SERVING), or with grpc-status `code` alone when that is not 0; never when `silent`.
    struct Behaviour {
        char serving = 1;
        int code = 0;
        bool silent = false;
    };
    GrpcHealthServer(Loop& loop, Behaviour behaviour) : m_loop(loop), m_behaviour(behaviour)
    {
        m_listening = OwnedFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(m_listening.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(m_listening.get(), 4) != 0)
            std::abort();
        ::getsockname(m_listening.get(), reinterpret_cast<sockaddr*>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_watch = loop.watch(m_listening.get(), Readable, [this](int) {
            m_stream = http::streamFromFd(m_loop, ::accept4(m_listening.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
            spawn(talk());
        });
        nghttp2_session_callbacks* callbacks = nullptr;
        nghttp2_session_callbacks_new(&callbacks);
        nghttp2_session_callbacks_set_on_header_callback(callbacks, onHeader);
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, onData);
        nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, onFrame);
        nghttp2_session_server_new(&m_session, callbacks, this);
        nghttp2_session_callbacks_del(callbacks);
        nghttp2_submit_settings(m_session, NGHTTP2_FLAG_NONE, nullptr, 0);
    }
    ~GrpcHealthServer()
    {
        m_watch.reset();
        if (m_stream)
            m_stream->close();
        nghttp2_session_del(m_session);
    }
    int port() const { return m_port; }
    std::string path, contentType, body; // of the request

private:
    Task<void> talk()
    {
        for (;;) {
            auto piece = co_await m_stream->read();
            if (!piece || piece->empty())
                co_return;
            if (nghttp2_session_mem_recv(m_session, reinterpret_cast<const std::uint8_t*>(piece->data()), piece->size()) < 0)
                co_return;
            std::string out;
            const std::uint8_t* data = nullptr;
            for (ssize_t size = 0; (size = nghttp2_session_mem_send(m_session, &data)) > 0;)
                out.append(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
            if (!out.empty())
                (void)co_await m_stream->write(std::move(out));
        }
    }
    static nghttp2_nv field(const char* name, const char* value)
    {
        return {reinterpret_cast<std::uint8_t*>(const_cast<char*>(name)), reinterpret_cast<std::uint8_t*>(const_cast<char*>(value)), std::strlen(name), std::strlen(value), 0};
    }
    void answer(std::int32_t stream)
    {
        if (m_behaviour.silent)
            return;
        const std::string code = std::to_string(m_behaviour.code);
        if (m_behaviour.code != 0) {
            const nghttp2_nv only[] = {field(":status", "200"), field("content-type", "application/grpc"), field("grpc-status", code.c_str()), field("grpc-message", "no")};
            nghttp2_submit_response(m_session, stream, only, 4, nullptr);
            return;
        }
        const nghttp2_nv head[] = {field(":status", "200"), field("content-type", "application/grpc")};
        nghttp2_data_provider provider{};
        provider.source.ptr = this;
        provider.read_callback = readMessage;
        nghttp2_submit_response(m_session, stream, head, 2, &provider);
    }
    static ssize_t readMessage(nghttp2_session* session, std::int32_t stream, std::uint8_t* to, std::size_t, std::uint32_t* flags, nghttp2_data_source* source, void*)
    {
        const char message[] = {0, 0, 0, 0, 2, 8, static_cast<GrpcHealthServer*>(source->ptr)->m_behaviour.serving};
        std::memcpy(to, message, sizeof message);
        const nghttp2_nv trailer = field("grpc-status", "0");
        nghttp2_submit_trailer(session, stream, &trailer, 1);
        *flags |= NGHTTP2_DATA_FLAG_EOF | NGHTTP2_DATA_FLAG_NO_END_STREAM;
        return sizeof message;
    }
    static int onHeader(nghttp2_session*, const nghttp2_frame*, const std::uint8_t* name, std::size_t nameSize, const std::uint8_t* value, std::size_t valueSize, std::uint8_t,
        void* user)
    {
        auto& self = *static_cast<GrpcHealthServer*>(user);
        const std::string key(reinterpret_cast<const char*>(name), nameSize), text(reinterpret_cast<const char*>(value), valueSize);
        if (key == ":path")
            self.path = text;
        else if (key == "content-type")
            self.contentType = text;
        return 0;
    }
    static int onData(nghttp2_session*, std::uint8_t, std::int32_t, const std::uint8_t* data, std::size_t size, void* user)
    {
        static_cast<GrpcHealthServer*>(user)->body.append(reinterpret_cast<const char*>(data), size);
        return 0;
    }
    static int onFrame(nghttp2_session*, const nghttp2_frame* frame, void* user)
    {
        if ((frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS) && frame->hd.flags & NGHTTP2_FLAG_END_STREAM)
            static_cast<GrpcHealthServer*>(user)->answer(frame->hd.stream_id);
        return 0;
    }

    Loop& m_loop;
    Behaviour m_behaviour;
    OwnedFd m_listening;
    int m_port = 0;
    Registration m_watch;
    std::unique_ptr<http::Stream> m_stream;
    nghttp2_session* m_session = nullptr;
};

} // namespace kates::test
