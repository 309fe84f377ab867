#include "engine/http/http2_call.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>
#include <vector>

#include <nghttp2/nghttp2.h>

namespace kates::http {

namespace {

std::string_view text(const std::uint8_t* data, std::size_t size)
{
    return {reinterpret_cast<const char*>(data), size};
}

struct Session {
    nghttp2_session* session = nullptr;
    std::string body;
    std::size_t sent = 0;
    Http2Answer answer;
    std::uint32_t errorCode = 0;
    bool closed = false, tooLarge = false;

    ~Session() { nghttp2_session_del(session); }

    static int onHeader(nghttp2_session*, const nghttp2_frame*, const std::uint8_t* name, std::size_t nameSize, const std::uint8_t* value, std::size_t valueSize,
        std::uint8_t, void* user)
    {
        auto& self = *static_cast<Session*>(user);
        if (text(name, nameSize) == ":status")
            std::from_chars(reinterpret_cast<const char*>(value), reinterpret_cast<const char*>(value) + valueSize, self.answer.status);
        else if (self.answer.headers.fields().size() < kHttp2AnswerHeadersMax)
            self.answer.headers.add(text(name, nameSize), text(value, valueSize));
        return 0;
    }
    static int onData(nghttp2_session*, std::uint8_t, std::int32_t, const std::uint8_t* data, std::size_t size, void* user)
    {
        auto& self = *static_cast<Session*>(user);
        self.tooLarge = self.tooLarge || self.answer.body.size() + size > kHttp2AnswerMaxBytes;
        if (!self.tooLarge)
            self.answer.body.append(text(data, size));
        return 0;
    }
    static int onClose(nghttp2_session*, std::int32_t, std::uint32_t errorCode, void* user)
    {
        static_cast<Session*>(user)->closed = true;
        static_cast<Session*>(user)->errorCode = errorCode;
        return 0;
    }
    static ssize_t readBody(nghttp2_session*, std::int32_t, std::uint8_t* to, std::size_t size, std::uint32_t* flags, nghttp2_data_source* source, void*)
    {
        auto& self = *static_cast<Session*>(source->ptr);
        const std::size_t count = std::min(size, self.body.size() - self.sent);
        std::memcpy(to, self.body.data() + self.sent, count);
        self.sent += count;
        if (self.sent == self.body.size())
            *flags |= NGHTTP2_DATA_FLAG_EOF;
        return static_cast<ssize_t>(count);
    }

    Result<void> begin(const Http2Call& call)
    {
        nghttp2_session_callbacks* callbacks = nullptr;
        if (nghttp2_session_callbacks_new(&callbacks) != 0)
            return failure("cannot start HTTP/2");
        nghttp2_session_callbacks_set_on_header_callback(callbacks, onHeader);
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, onData);
        nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, onClose);
        nghttp2_session_client_new(&session, callbacks, this);
        nghttp2_session_callbacks_del(callbacks);
        const nghttp2_settings_entry noPush{NGHTTP2_SETTINGS_ENABLE_PUSH, 0};
        if (!session || nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, &noPush, 1) != 0)
            return failure("cannot start HTTP/2");
        std::vector<std::pair<std::string, std::string>> fields{
            {":method", call.method}, {":scheme", "http"}, {":authority", call.authority}, {":path", call.path}};
        fields.insert(fields.end(), call.headers.fields().begin(), call.headers.fields().end());
        std::vector<nghttp2_nv> list;
        for (auto& [name, value] : fields)
            list.push_back({reinterpret_cast<std::uint8_t*>(name.data()), reinterpret_cast<std::uint8_t*>(value.data()), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
        nghttp2_data_provider provider = {};
        provider.source.ptr = this;
        provider.read_callback = readBody;
        if (nghttp2_submit_request(session, nullptr, list.data(), list.size(), &provider, nullptr) < 0)
            return failure("cannot send the request");
        return {};
    }
    std::string output()
    {
        std::string bytes;
        const std::uint8_t* data = nullptr;
        for (ssize_t size = 0; (size = nghttp2_session_mem_send(session, &data)) > 0;)
            bytes.append(text(data, static_cast<std::size_t>(size)));
        return bytes;
    }
};

} // namespace

Task<Result<Http2Answer>> callHttp2(Stream& stream, Http2Call call)
{
    auto session = std::make_unique<Session>(); // nghttp2 keeps its address
    session->body = std::move(call.body);
    if (auto begun = session->begin(call); !begun)
        co_return tl::unexpected(begun.error());
    for (;;) {
        std::string bytes = session->output();
        if (!bytes.empty()) {
            auto written = co_await stream.write(std::move(bytes));
            if (!written)
                co_return tl::unexpected(written.error());
        }
        if (session->tooLarge)
            co_return failure("the answer is too large");
        if (session->closed && session->errorCode != NGHTTP2_NO_ERROR)
            co_return failure(std::string("the server ended the call: ") + nghttp2_http2_strerror(session->errorCode));
        if (session->closed)
            co_return std::move(session->answer);
        auto piece = co_await stream.read();
        if (!piece)
            co_return tl::unexpected(piece.error());
        if (piece->empty())
            co_return failure("the server closed the connection without an answer");
        if (nghttp2_session_mem_recv(session->session, reinterpret_cast<const std::uint8_t*>(piece->data()), piece->size()) < 0)
            co_return failure("the server does not speak HTTP/2");
    }
}

} // namespace kates::http
