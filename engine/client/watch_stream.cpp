#include "engine/client/watch_stream.h"

#include "engine/api/json.h"

namespace kates::client {

namespace {

api::ApiResult<WatchEvent> decode(std::string_view frame)
{
    api::ParseLimits limits;
    limits.bytesMax = kWatchFrameMaxBytes;
    auto parsed = api::parseJson(frame, limits);
    if (!parsed)
        return api::ApiFailure(api::internalError("unreadable watch event: " + parsed.error().message));
    std::string_view type = parsed->str("type");
    const api::Value& object = parsed->get("object");
    if (type == "ERROR")
        return api::ApiFailure(api::StatusError::fromValue(object, static_cast<int>(object.get("code").asInt(500))));
    if (type == "ADDED")
        return WatchEvent{WatchEvent::Type::Added, object};
    if (type == "MODIFIED")
        return WatchEvent{WatchEvent::Type::Modified, object};
    if (type == "DELETED")
        return WatchEvent{WatchEvent::Type::Deleted, object};
    if (type == "BOOKMARK")
        return WatchEvent{WatchEvent::Type::Bookmark, object};
    return api::ApiFailure(api::internalError("unknown watch event type \"" + std::string(type.substr(0, 40)) + "\""));
}

class HttpWatchStream : public WatchStream {
public:
    explicit HttpWatchStream(std::unique_ptr<http::ClientResponse> response) : m_response(std::move(response)) {}

    Task<api::ApiResult<std::vector<WatchEvent>>> next() override
    {
        while (!m_stopped) {
            if (m_frames.error())
                co_return api::ApiFailure(*m_frames.error());
            auto piece = co_await m_response->readSome();
            if (!piece)
                co_return api::ApiFailure(api::serviceUnavailable("the watch broke: " + piece.error().message));
            if (piece->empty())
                co_return api::ApiFailure(api::serviceUnavailable("the server ended the watch"));
            auto events = m_frames.feed(*piece);
            if (!events.empty())
                co_return events;
        }
        co_return api::ApiFailure(api::serviceUnavailable("the watch was stopped"));
    }
    void stop() override
    {
        m_stopped = true;
        m_response->cancel();
    }

private:
    std::unique_ptr<http::ClientResponse> m_response;
    WatchFrames m_frames;
    bool m_stopped = false;
};

} // namespace

std::vector<WatchEvent> WatchFrames::feed(std::string_view bytes)
{
    std::vector<WatchEvent> events;
    while (!bytes.empty() && !m_error) {
        const std::size_t end = bytes.find('\n');
        const std::size_t length = std::min(end, bytes.size());
        if (m_rest.size() + length > kWatchFrameMaxBytes) {
            m_error = api::internalError("a watch event is larger than " + std::to_string(kWatchFrameMaxBytes) + " bytes");
            break;
        }
        m_rest.append(bytes.substr(0, length));
        if (end == std::string_view::npos)
            break;
        bytes.remove_prefix(end + 1);
        const std::string frame = std::exchange(m_rest, {});
        if (frame.empty() || frame == "\r")
            continue;
        auto event = decode(frame);
        if (event)
            events.push_back(std::move(*event));
        else
            m_error = event.error();
    }
    return events;
}

std::unique_ptr<WatchStream> makeHttpWatchStream(std::unique_ptr<http::ClientResponse> response)
{
    return std::make_unique<HttpWatchStream>(std::move(response));
}

} // namespace kates::client
