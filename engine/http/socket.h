// A connected, non-blocking descriptor on the loop, with or without TLS: what HTTP connections and streams are built on.
// Inside engine/http only.
//
// Reading is pulled: read() until it says WouldBlock, then co_await readable(). Writing is queued: queue() any number of pieces, flush()
// them in as few sends as possible; what the kernel does not take is sent later by the socket itself.
// One coroutine reads; any number may wait for what they queued. Resumption is from inside the event, flush() or close().
#pragma once

#include <coroutine>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/files.h"
#include "engine/base/loop.h"
#include "engine/base/task.h"
#include "engine/http/send_queue.h"
#include "engine/http/tls_context.h"

namespace kates::http {

class Socket : public std::enable_shared_from_this<Socket> {
public:
    enum class ReadState { Data, WouldBlock, End, Failed };

    // `fd` is made non-blocking. Sockets, pipes and terminals work, regular files do not.
    static std::shared_ptr<Socket> make(Loop& loop, OwnedFd fd);
    ~Socket();
    Socket(const Socket&) = delete;

    // Before anything else is read or written.
    [[nodiscard]] Task<Result<void>> startTls(std::shared_ptr<TlsContext> context, std::string host);
    SSL* tls() const { return m_tls.get(); }
    int descriptor() const { return m_fd.get(); }
    Loop& loop() const { return m_loop; }

    // Appends up to about `sizeMaxBytes`.
    ReadState read(std::string& into, std::size_t sizeMaxBytes);
    class Readable;
    // True: reading may make progress (or fails now). False: cancelRead() was called.
    Readable readable();
    void cancelRead();
    // Called when there is something to read and no coroutine waits for it; it must read until WouldBlock, or say pauseReading().
    void setReadCallback(std::function<void()> callback);
    void pauseReading(); // until the next readable() or setReadCallback()

    void queue(Bytes bytes);
    void queue(std::string text);
    void flush();
    // flush() at the end of this turn of the loop, so that pieces that follow at once leave in the same send.
    void flushSoon();
    std::size_t pendingBytes() const { return m_queue.size(); }
    std::uint64_t queuedTotal() const { return m_queuedTotal; }
    class Sent;
    // Waits until the first `position` bytes ever queued are handed to the kernel. False: they never will be.
    Sent sentUpTo(std::uint64_t position);
    bool canWrite() const { return m_error == 0 && m_writeError == 0; }

    void closeWrite(); // once everything queued is sent
    // Both ways, at once. Waiters are resumed; reads then fail with `systemError`.
    void close(int systemError);
    bool closed() const { return m_error != 0; }
    int error() const { return m_error ? m_error : m_writeError; }

private:
    struct Waiter {
        std::uint64_t position;
        std::coroutine_handle<> handle;
    };
    Socket(Loop& loop, OwnedFd fd);
    void onEvents(int events);
    void updateWatch();
    ReadState readPlain(std::string& into, std::size_t sizeMaxBytes);
    ReadState readTls(std::string& into, std::size_t sizeMaxBytes);
    ReadState readFailed(int systemError);
    bool sendPlain();
    bool sendTls();
    bool writeFailed(int systemError);
    void finishWrite();
    void discardReceived();
    void wakeReader();
    void wakeWriters();

    Loop& m_loop;
    OwnedFd m_fd;
    SslPtr m_tls;
    Registration m_watch;
    SendQueue m_queue;
    std::function<void()> m_readCallback;
    std::coroutine_handle<> m_reader;
    std::vector<Waiter> m_writers;
    std::uint64_t m_queuedTotal = 0;
    std::uint64_t m_sentTotal = 0;
    int m_watched = 0; // FdEvents
    int m_error = 0;
    int m_writeError = 0;
    bool m_isSocket = true;
    bool m_watchRead = false;     // wanted
    bool m_drained = false;       // the last read took all there was
    bool m_readEnded = false;
    bool m_readCancelled = false;
    bool m_readNeedsWrite = false; // TLS
    bool m_writeBlocked = false;
    bool m_flushPosted = false;
    bool m_closeWriteWanted = false;
    bool m_halfClosed = false;
    bool m_handshakeDone = false;

public:
    class Readable {
    public:
        explicit Readable(Socket& socket) : m_socket(socket) {}
        bool await_ready() const noexcept { return m_socket.m_error || m_socket.m_readCancelled; }
        void await_suspend(std::coroutine_handle<> handle);
        bool await_resume() const noexcept { return !std::exchange(m_socket.m_readCancelled, false); }

    private:
        Socket& m_socket;
    };
    class Sent {
    public:
        Sent(Socket& socket, std::uint64_t position) : m_socket(socket), m_position(position) {}
        bool await_ready() const noexcept { return !m_socket.canWrite() || m_socket.m_sentTotal >= m_position; }
        void await_suspend(std::coroutine_handle<> handle) { m_socket.m_writers.push_back({m_position, handle}); }
        bool await_resume() const noexcept { return m_socket.m_sentTotal >= m_position; }

    private:
        Socket& m_socket;
        std::uint64_t m_position;
    };
};

inline Socket::Readable Socket::readable()
{
    return Readable(*this);
}

inline Socket::Sent Socket::sentUpTo(std::uint64_t position)
{
    return Sent(*this, position);
}

} // namespace kates::http
