#include "engine/http/http2_callbacks.h"

#include "engine/http/http2_connection.h"

namespace kates::http {

namespace {

constexpr std::size_t kOutboundAcksMax = 1000; // PING and SETTINGS answers that a peer may make us queue
constexpr std::uint64_t kResetsBurst = 1000;   // rapid reset (CVE-2023-44487): past it GOAWAY
constexpr std::uint64_t kResetsPerSecond = 33;
constexpr std::size_t kContinuationsMax = 8;
constexpr int kSettingsMax = 32;

std::string_view text(const std::uint8_t* data, std::size_t size)
{
    return {reinterpret_cast<const char*>(data), size};
}

} // namespace

struct Http2Callbacks {
    static Http2Connection& connection(void* user) { return *static_cast<Http2Connection*>(user); }
    static Http2Exchange* exchange(nghttp2_session* session, std::int32_t streamId)
    {
        return static_cast<Http2Exchange*>(nghttp2_session_get_stream_user_data(session, streamId));
    }

    static int onBeginHeaders(nghttp2_session* session, const nghttp2_frame* frame, void* user)
    {
        if (frame->hd.type != NGHTTP2_HEADERS || frame->headers.cat != NGHTTP2_HCAT_REQUEST)
            return 0;
        auto& self = connection(user);
        // Handlers of streams that were reset may still be running: they count too.
        if (self.m_running >= 2 * self.m_core->options.limits.streamsPerConnectionMax)
            return nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_REFUSED_STREAM);
        auto made = std::make_shared<Http2Exchange>(self, frame->hd.stream_id);
        nghttp2_session_set_stream_user_data(session, frame->hd.stream_id, made.get());
        made->m_request.remoteAddress = self.m_remoteAddress;
        made->m_request.peer = self.m_peer;
        self.m_streams.emplace(frame->hd.stream_id, std::move(made));
        return 0;
    }
    static int onHeader(nghttp2_session* session, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t nameSize,
        const std::uint8_t* value, std::size_t valueSize, std::uint8_t, void*)
    {
        auto* to = frame->headers.cat == NGHTTP2_HCAT_REQUEST ? exchange(session, frame->hd.stream_id) : nullptr; // trailers are read over
        if (to)
            to->addHeader(text(name, nameSize), text(value, valueSize));
        return 0;
    }
    static int onFrame(nghttp2_session* session, const nghttp2_frame* frame, void* user)
    {
        if (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA)
            return 0;
        auto* to = exchange(session, frame->hd.stream_id);
        if (!to)
            return 0;
        if (frame->hd.flags & NGHTTP2_FLAG_END_STREAM)
            to->endBody();
        connection(user).touch(*to);
        return 0;
    }
    static int onData(nghttp2_session* session, std::uint8_t, std::int32_t streamId, const std::uint8_t* data, std::size_t size, void* user)
    {
        auto* to = exchange(session, streamId);
        if (!to) {
            nghttp2_session_consume(session, streamId, size);
            return 0;
        }
        to->addBody(text(data, size));
        connection(user).touch(*to);
        return 0;
    }
    static int onStreamClose(nghttp2_session*, std::int32_t streamId, std::uint32_t, void* user)
    {
        connection(user).streamGone(streamId);
        return 0;
    }
    // An answer that is complete before the request's body: the client need not send the rest (RFC 9113, section 8.1).
    static int onFrameSent(nghttp2_session* session, const nghttp2_frame* frame, void*)
    {
        bool ends = (frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS) && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM);
        auto* from = ends ? exchange(session, frame->hd.stream_id) : nullptr;
        if (from && !from->bodyEnded())
            return nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_NO_ERROR);
        return 0;
    }
    static ssize_t readBody(nghttp2_session* session, std::int32_t streamId, std::uint8_t* to, std::size_t size, std::uint32_t* flags,
        nghttp2_data_source*, void* user)
    {
        auto* from = exchange(session, streamId);
        if (!from)
            return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
        bool last = false;
        auto taken = from->takeOutput(reinterpret_cast<char*>(to), size, last);
        if (last)
            *flags |= NGHTTP2_DATA_FLAG_EOF;
        else if (taken == 0)
            return NGHTTP2_ERR_DEFERRED;
        connection(user).touch(*from);
        return static_cast<ssize_t>(taken);
    }
};

nghttp2_session* makeHttp2Session(Http2Connection& connection, std::size_t headerMaxBytes, int streamsMax)
{
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_option* option = nullptr;
    nghttp2_session* session = nullptr;
    if (nghttp2_session_callbacks_new(&callbacks) != 0 || nghttp2_option_new(&option) != 0)
        return nullptr;
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, Http2Callbacks::onBeginHeaders);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, Http2Callbacks::onHeader);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, Http2Callbacks::onFrame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, Http2Callbacks::onData);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, Http2Callbacks::onStreamClose);
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, Http2Callbacks::onFrameSent);
    nghttp2_option_set_no_auto_window_update(option, 1);
    nghttp2_option_set_max_outbound_ack(option, kOutboundAcksMax);
    nghttp2_option_set_stream_reset_rate_limit(option, kResetsBurst, kResetsPerSecond);
    nghttp2_option_set_max_continuations(option, kContinuationsMax);
    nghttp2_option_set_max_settings(option, kSettingsMax);
    nghttp2_option_set_no_closed_streams(option, 1);
    nghttp2_session_server_new2(&session, callbacks, &connection, option);
    nghttp2_option_del(option);
    nghttp2_session_callbacks_del(callbacks);
    if (!session)
        return nullptr;
    nghttp2_settings_entry settings[] = {{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, static_cast<std::uint32_t>(streamsMax)},
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, kStreamWindowBytes},
        {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<std::uint32_t>(headerMaxBytes)}};
    nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, settings, std::size(settings));
    nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0, kConnectionWindowBytes);
    return session;
}

nghttp2_data_provider http2BodyProvider()
{
    nghttp2_data_provider provider = {};
    provider.read_callback = Http2Callbacks::readBody;
    return provider;
}

} // namespace kates::http
