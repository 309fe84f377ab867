// The half of Socket that moves bytes.
#include "engine/http/socket.h"

#include <openssl/err.h>

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace kates::http {

namespace {

constexpr std::size_t kReadChunkBytes = 64u << 10;
constexpr std::size_t kTlsRecordBytes = 16u << 10;
constexpr int kGatherMax = 64;

char* scratch()
{
    static thread_local std::unique_ptr<char[]> buffer(new char[kReadChunkBytes]);
    return buffer.get();
}

// writev() for what is not a socket: only sockets have MSG_NOSIGNAL, and ignoring SIGPIPE would be inherited by every child process.
ssize_t writeWithoutSignal(int fd, const iovec* entries, int count)
{
    sigset_t brokenPipe, before, pending;
    sigemptyset(&brokenPipe);
    sigaddset(&brokenPipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &brokenPipe, &before);
    ::sigpending(&pending);
    ssize_t written = ::writev(fd, entries, count);
    int error = errno;
    timespec now = {};
    if (written < 0 && error == EPIPE && !sigismember(&pending, SIGPIPE))
        ::sigtimedwait(&brokenPipe, nullptr, &now); // takes back the one that this write has raised
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = error;
    return written;
}

} // namespace

Socket::ReadState Socket::read(std::string& into, std::size_t sizeMaxBytes)
{
    if (m_error)
        return ReadState::Failed;
    if (m_readEnded)
        return ReadState::End;
    if (std::exchange(m_drained, false))
        return ReadState::WouldBlock;
    return m_tls ? readTls(into, sizeMaxBytes) : readPlain(into, sizeMaxBytes);
}

Socket::ReadState Socket::readPlain(std::string& into, std::size_t sizeMaxBytes)
{
    std::size_t room = std::min(sizeMaxBytes, kReadChunkBytes);
    ssize_t count = 0;
    do {
        count = m_isSocket ? ::recv(m_fd.get(), scratch(), room, 0) : ::read(m_fd.get(), scratch(), room);
    } while (count < 0 && errno == EINTR);
    if (count > 0) {
        into.append(scratch(), static_cast<std::size_t>(count));
        m_drained = static_cast<std::size_t>(count) < room;
        return ReadState::Data;
    }
    if (count < 0 && errno == EAGAIN)
        return ReadState::WouldBlock;
    bool terminalClosed = count < 0 && errno == EIO && !m_isSocket;
    if (count < 0 && !terminalClosed)
        return readFailed(errno);
    m_readEnded = true;
    updateWatch();
    return ReadState::End;
}

Socket::ReadState Socket::readTls(std::string& into, std::size_t sizeMaxBytes)
{
    std::size_t total = 0;
    do {
        ERR_clear_error();
        std::size_t count = 0;
        int result = SSL_read_ex(m_tls.get(), scratch(), std::min(kReadChunkBytes, sizeMaxBytes - total), &count);
        if (result == 1) {
            into.append(scratch(), count);
            total += count;
            continue;
        }
        int savedErrno = errno;
        int error = SSL_get_error(m_tls.get(), result);
        if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
            m_readNeedsWrite = error == SSL_ERROR_WANT_WRITE;
            m_drained = total > 0;
            return total ? ReadState::Data : ReadState::WouldBlock;
        }
        if (total)
            return ReadState::Data; // the next call meets the end again
        if (error != SSL_ERROR_ZERO_RETURN)
            return readFailed(error == SSL_ERROR_SYSCALL && savedErrno ? savedErrno : EPROTO);
        m_readEnded = true;
        updateWatch();
        return ReadState::End;
    } while (total < sizeMaxBytes && SSL_has_pending(m_tls.get()));
    m_drained = !SSL_has_pending(m_tls.get());
    return ReadState::Data;
}

Socket::ReadState Socket::readFailed(int systemError)
{
    close(systemError);
    return ReadState::Failed;
}

void Socket::queue(Bytes bytes)
{
    if (!canWrite() || m_closeWriteWanted)
        return;
    m_queuedTotal += bytes.size();
    m_queue.push(std::move(bytes));
}

void Socket::queue(std::string text)
{
    if (!canWrite() || m_closeWriteWanted)
        return;
    m_queuedTotal += text.size();
    m_queue.push(std::move(text));
}

void Socket::flush()
{
    if (m_writeBlocked || !canWrite())
        return;
    bool good = true;
    while (good && !m_queue.empty() && !m_writeBlocked)
        good = m_tls ? sendTls() : sendPlain();
    if (good && m_queue.empty() && m_closeWriteWanted)
        finishWrite();
    updateWatch();
    wakeWriters();
}

void Socket::flushSoon()
{
    if (std::exchange(m_flushPosted, true))
        return;
    m_loop.post([self = shared_from_this()] {
        self->m_flushPosted = false;
        self->flush();
    });
}

bool Socket::sendPlain()
{
    iovec entries[kGatherMax];
    int count = m_queue.gather(entries, kGatherMax);
    msghdr message = {};
    message.msg_iov = entries;
    message.msg_iovlen = static_cast<std::size_t>(count);
    ssize_t sent = 0;
    do {
        sent = m_isSocket ? ::sendmsg(m_fd.get(), &message, MSG_NOSIGNAL) : writeWithoutSignal(m_fd.get(), entries, count);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0 && errno == EAGAIN) {
        m_writeBlocked = true;
        return true;
    }
    if (sent < 0)
        return writeFailed(errno);
    m_sentTotal += static_cast<std::uint64_t>(sent);
    m_queue.consume(static_cast<std::size_t>(sent));
    return true;
}

bool Socket::sendTls()
{
    auto run = m_queue.run(scratch(), kTlsRecordBytes);
    ERR_clear_error();
    std::size_t sent = 0;
    int result = SSL_write_ex(m_tls.get(), run.data(), run.size(), &sent);
    if (result == 1) {
        m_sentTotal += sent;
        m_queue.consume(sent);
        return true;
    }
    int savedErrno = errno;
    int error = SSL_get_error(m_tls.get(), result);
    if (error == SSL_ERROR_WANT_WRITE || error == SSL_ERROR_WANT_READ) {
        // A write cannot need a read: renegotiation is off.
        m_writeBlocked = true;
        return true;
    }
    return writeFailed(error == SSL_ERROR_SYSCALL && savedErrno ? savedErrno : EPROTO);
}

// What was queued is lost, but the peer's last words may still be read.
bool Socket::writeFailed(int systemError)
{
    m_writeError = systemError;
    m_queue.clear();
    return false;
}

} // namespace kates::http
