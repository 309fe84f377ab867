#include "engine/http/http1_parser.h"

#include <llhttp.h>

namespace kates::http {

HeadScan scanHead(std::string_view text, std::size_t from)
{
    std::size_t lineStart = from > 0 ? text.rfind('\n', from - 1) + 1 : 0; // npos + 1 is 0
    std::size_t searchFrom = from;
    for (;;) {
        std::size_t lineFeed = text.find('\n', searchFrom);
        if (lineFeed == std::string_view::npos)
            return {HeadScan::State::Incomplete};
        auto line = text.substr(lineStart, lineFeed - lineStart);
        if (line.empty() || line.back() != '\r')
            return {HeadScan::State::Malformed};
        line.remove_suffix(1);
        if (line.empty())
            return {HeadScan::State::Complete, lineFeed + 1};
        bool folded = lineStart > 0 && (line.front() == ' ' || line.front() == '\t');
        if (folded || line.find('\r') != std::string_view::npos)
            return {HeadScan::State::Malformed};
        lineStart = searchFrom = lineFeed + 1;
    }
}

struct Http1Parser::Machine {
    llhttp_t state;

    static Http1Parser& parser(llhttp_t* state) { return *static_cast<Http1Parser*>(state->data); }
    static int onUrl(llhttp_t* state, const char* at, std::size_t size)
    {
        parser(state).m_target.append(at, size);
        return HPE_OK;
    }
    static int onField(llhttp_t* state, const char* at, std::size_t size)
    {
        auto& self = parser(state);
        self.m_field = {at, size};
        return self.m_headDone ? countTrailer(state, size) : HPE_OK;
    }
    static int onValue(llhttp_t* state, const char* at, std::size_t size)
    {
        auto& self = parser(state);
        if (self.m_headDone)
            return countTrailer(state, size);
        self.m_headers.add(self.m_field, {at, size});
        return HPE_OK;
    }
    // Trailers are read over, within a bound.
    static int countTrailer(llhttp_t* state, std::size_t size)
    {
        auto& self = parser(state);
        self.m_trailerBytes += size;
        if (self.m_trailerBytes <= kTrailersMaxBytes)
            return HPE_OK;
        llhttp_set_error_reason(state, "trailers are too large");
        return HPE_USER;
    }
    static int onHeadersComplete(llhttp_t* state)
    {
        auto& self = parser(state);
        self.m_headDone = true;
        self.m_keepAlive = llhttp_should_keep_alive(state) == 1;
        self.m_chunked = (state->flags & F_CHUNKED) != 0;
        self.m_contentLength = self.m_chunked || !(state->flags & F_CONTENT_LENGTH) ? 0 : state->content_length;
        return self.m_bodyless ? 1 : 0;
    }
    static int onBody(llhttp_t* state, const char* at, std::size_t size)
    {
        parser(state).m_bodyOut->append(at, size);
        return HPE_OK;
    }
    static int onMessageComplete(llhttp_t* state)
    {
        parser(state).m_complete = true;
        return HPE_PAUSED;
    }
    static const llhttp_settings_t* settings()
    {
        static const llhttp_settings_t made = [] {
            llhttp_settings_t settings;
            llhttp_settings_init(&settings);
            settings.on_url = onUrl;
            settings.on_header_field = onField;
            settings.on_header_value = onValue;
            settings.on_headers_complete = onHeadersComplete;
            settings.on_body = onBody;
            settings.on_message_complete = onMessageComplete;
            return settings;
        }();
        return &made;
    }
};

Http1Parser::Http1Parser(Kind kind) : m_machine(std::make_unique<Machine>()), m_kind(kind) {}
Http1Parser::~Http1Parser() = default;

bool Http1Parser::parseHead(std::string_view head, bool bodyless)
{
    llhttp_init(&m_machine->state, m_kind == Kind::Request ? HTTP_REQUEST : HTTP_RESPONSE, Machine::settings());
    m_machine->state.data = this;
    m_target.clear();
    m_headers = {};
    m_trailerBytes = 0;
    m_headDone = m_complete = false;
    m_bodyless = bodyless;
    m_problem.clear();
    auto error = llhttp_execute(&m_machine->state, head.data(), head.size());
    bool paused = error == HPE_PAUSED || error == HPE_PAUSED_UPGRADE;
    if (error != HPE_OK && !paused)
        return fail(llhttp_get_error_reason(&m_machine->state));
    if (!m_headDone)
        return fail("the head is incomplete");
    if (!checkVersion() || !checkTransferEncoding())
        return false;
    return m_kind == Kind::Response || checkRequest();
}

Http1Parser::Step Http1Parser::parseBody(std::string_view input, std::string& out, std::size_t& consumed)
{
    consumed = 0;
    if (m_complete)
        return Step::Complete;
    if (input.empty())
        return Step::NeedMore;
    m_bodyOut = &out;
    auto error = llhttp_execute(&m_machine->state, input.data(), input.size());
    m_bodyOut = nullptr;
    if (m_complete) {
        consumed = static_cast<std::size_t>(llhttp_get_error_pos(&m_machine->state) - input.data());
        return Step::Complete;
    }
    if (error != HPE_OK) {
        fail(llhttp_get_error_reason(&m_machine->state));
        return Step::Malformed;
    }
    consumed = input.size();
    return Step::NeedMore;
}

bool Http1Parser::finish()
{
    if (!m_complete)
        llhttp_finish(&m_machine->state);
    return m_complete;
}

bool Http1Parser::checkVersion()
{
    const auto& state = m_machine->state;
    if (state.http_major == 1 && state.http_minor <= 1)
        return true;
    return fail("only the HTTP versions 1.0 and 1.1 are spoken here");
}

bool Http1Parser::checkTransferEncoding()
{
    auto fields = m_headers.count("Transfer-Encoding");
    if (fields == 0)
        return true;
    bool known = fields == 1 && m_headers.get("Transfer-Encoding").size() == 7 && m_headers.containsToken("Transfer-Encoding", "chunked");
    if (!known || !m_chunked || m_machine->state.http_minor == 0 || m_headers.has("Content-Length"))
        return fail("the transfer encoding is not plain \"chunked\"");
    return true;
}

// RFC 9112, sections 3.2 and 3.2.2.
bool Http1Parser::checkRequest()
{
    if (m_machine->state.method == HTTP_CONNECT)
        return fail("CONNECT is not served here");
    auto hosts = m_headers.count("Host");
    if (hosts > 1 || (hosts == 0 && versionMinor() == 1))
        return fail("a request needs one Host header");
    for (std::string_view scheme : {"http://", "https://"}) {
        if (m_target.compare(0, scheme.size(), scheme) != 0)
            continue;
        auto slash = m_target.find('/', scheme.size());
        m_target = slash == std::string::npos ? "/" : m_target.substr(slash);
    }
    if (m_target.empty() || (m_target[0] != '/' && !(m_target == "*" && m_machine->state.method == HTTP_OPTIONS)))
        return fail("the request target is not a path");
    return true;
}

bool Http1Parser::fail(std::string problem)
{
    m_problem = std::move(problem);
    return false;
}

std::string Http1Parser::method() const
{
    return llhttp_method_name(static_cast<llhttp_method_t>(m_machine->state.method));
}

int Http1Parser::status() const
{
    return m_machine->state.status_code;
}

int Http1Parser::versionMinor() const
{
    return m_machine->state.http_minor;
}

} // namespace kates::http
