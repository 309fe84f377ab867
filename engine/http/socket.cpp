#include "engine/http/socket.h"

#include <openssl/err.h>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fcntl.h>

#include <cerrno>

namespace kates::http {

namespace {
constexpr int kDiscardReadsMax = 64;
// To whoever speaks plain HTTP to a TLS port.
constexpr std::string_view kPlainRequestAnswer = "HTTP/1.0 400 Bad Request\r\n\r\nThis port speaks HTTPS, and the request was plain HTTP.\n";
}

Socket::Socket(Loop& loop, OwnedFd fd) : m_loop(loop), m_fd(std::move(fd))
{
    struct stat status = {};
    ::fstat(m_fd.get(), &status);
    m_isSocket = S_ISSOCK(status.st_mode);
    ::fcntl(m_fd.get(), F_SETFL, ::fcntl(m_fd.get(), F_GETFL) | O_NONBLOCK);
}

std::shared_ptr<Socket> Socket::make(Loop& loop, OwnedFd fd)
{
    return std::shared_ptr<Socket>(new Socket(loop, std::move(fd)));
}

Socket::~Socket()
{
    close(ECONNABORTED);
}

Task<Result<void>> Socket::startTls(std::shared_ptr<TlsContext> context, std::string host)
{
    auto self = shared_from_this();
    auto session = context->newSession(m_fd.get(), host);
    if (!session)
        co_return tl::unexpected(session.error());
    m_tls = std::move(*session);
    for (;;) {
        ERR_clear_error();
        errno = 0;
        int result = SSL_do_handshake(m_tls.get());
        if (result == 1)
            break;
        int error = SSL_get_error(m_tls.get(), result);
        if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
            if (context->isServer() && ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST)
                ::send(m_fd.get(), kPlainRequestAnswer.data(), kPlainRequestAnswer.size(), MSG_NOSIGNAL);
            const bool untrusted = !context->isServer() && !context->insecureSkipVerify && SSL_get_verify_result(m_tls.get()) != X509_V_OK;
            co_return tl::unexpected(Error{handshakeProblem(m_tls.get(), error, errno), untrusted ? EKEYREJECTED : errno});
        }
        m_readNeedsWrite = error == SSL_ERROR_WANT_WRITE;
        bool proceed = co_await readable();
        if (!proceed || m_error)
            co_return systemFailure("TLS handshake", m_error ? m_error : ECANCELED);
    }
    m_handshakeDone = true;
    co_return Result<void>();
}

void Socket::Readable::await_suspend(std::coroutine_handle<> handle)
{
    m_socket.m_reader = handle;
    m_socket.m_watchRead = true;
    m_socket.m_drained = false;
    m_socket.updateWatch();
}

void Socket::cancelRead()
{
    m_readCancelled = true;
    wakeReader();
}

void Socket::setReadCallback(std::function<void()> callback)
{
    m_readCallback = std::move(callback);
    if (m_readCallback) {
        m_watchRead = true;
        updateWatch();
    }
}

void Socket::pauseReading()
{
    m_watchRead = false;
    updateWatch();
}

void Socket::updateWatch()
{
    if (m_error)
        return;
    int wanted = 0;
    if (m_watchRead && !m_readEnded)
        wanted |= kates::Readable;
    if (m_writeBlocked || m_readNeedsWrite)
        wanted |= kates::Writable;
    if (wanted == m_watched)
        return;
    m_watch.reset();
    m_watched = wanted;
    if (wanted)
        m_watch = m_loop.watch(m_fd.get(), wanted, [this](int events) { onEvents(events); });
}

void Socket::onEvents(int events)
{
    auto self = shared_from_this(); // whoever is resumed may drop the last reference
    m_drained = false;
    if ((events & kates::Writable) && m_writeBlocked) {
        m_writeBlocked = false;
        flush();
    }
    bool forReader = (events & kates::Readable) || ((events & kates::Writable) && m_readNeedsWrite);
    if (forReader && !m_error) {
        m_readNeedsWrite = false;
        if (m_reader)
            wakeReader();
        else if (auto callback = m_readCallback) // a copy: it may replace itself
            callback();
        else
            m_watchRead = false; // nobody wants it now: the kernel's buffer holds the peer back
    }
    updateWatch();
}

void Socket::wakeReader()
{
    if (auto reader = std::exchange(m_reader, {}))
        reader.resume();
}

void Socket::wakeWriters()
{
    if (m_writers.empty())
        return;
    std::vector<Waiter> ready;
    bool writable = canWrite();
    std::erase_if(m_writers, [&](const Waiter& waiter) {
        bool done = !writable || m_sentTotal >= waiter.position;
        if (done)
            ready.push_back(waiter);
        return done;
    });
    for (const auto& waiter : ready)
        waiter.handle.resume();
}

void Socket::closeWrite()
{
    m_closeWriteWanted = true;
    flush();
}

void Socket::finishWrite()
{
    m_closeWriteWanted = false;
    if (m_tls) {
        ERR_clear_error();
        SSL_shutdown(m_tls.get());
    } else if (m_isSocket) {
        ::shutdown(m_fd.get(), SHUT_WR);
    }
    m_writeError = EPIPE;
    m_halfClosed = true;
}

// The kernel resets a connection that is closed with unread bytes, and a reset may overtake our last words.
void Socket::discardReceived()
{
    char bytes[4096];
    for (int i = 0; i < kDiscardReadsMax && ::recv(m_fd.get(), bytes, sizeof bytes, 0) > 0; ++i) { }
}

void Socket::close(int systemError)
{
    if (m_error)
        return;
    m_error = systemError;
    m_watch.reset();
    m_watched = 0;
    m_queue.clear();
    m_readCallback = {};
    if (m_tls && m_handshakeDone && !m_writeError && !m_writeBlocked) {
        ERR_clear_error();
        SSL_shutdown(m_tls.get()); // says good-bye if the kernel takes it; nobody waits for the answer
    }
    if (m_halfClosed)
        discardReceived();
    m_fd.reset();
    if (!m_reader && m_writers.empty())
        return;
    auto self = shared_from_this();
    wakeWriters();
    wakeReader();
}

} // namespace kates::http
