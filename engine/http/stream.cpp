#include "engine/http/stream.h"

#include "engine/http/deadline.h"
#include "engine/http/socket_stream.h"

#include <cerrno>

namespace kates::http {

namespace {

constexpr std::size_t kStreamReadMaxBytes = 32u << 10;

// The coroutines hold the socket, not the stream: it may be destroyed while they wait (they then end with an error).
class SocketStream final : public Stream {
public:
    SocketStream(std::shared_ptr<Socket> socket, std::string early) : m_socket(std::move(socket)), m_early(std::move(early)) {}
    ~SocketStream() override { m_socket->close(ECONNABORTED); }

    Task<Result<std::string>> read() override { return readFrom(m_socket, std::exchange(m_early, {})); }
    Task<Result<void>> write(std::string bytes) override { return writeTo(m_socket, std::move(bytes)); }
    void closeWrite() override { m_socket->closeWrite(); }
    void close() override { m_socket->close(ECONNABORTED); }

private:
    static Task<Result<std::string>> readFrom(std::shared_ptr<Socket> socket, std::string early)
    {
        if (!early.empty())
            co_return early;
        std::string bytes;
        for (;;) {
            switch (socket->read(bytes, kStreamReadMaxBytes)) {
            case Socket::ReadState::Data:
            case Socket::ReadState::End:
                co_return bytes;
            case Socket::ReadState::Failed:
                co_return systemFailure("cannot receive", socket->error());
            case Socket::ReadState::WouldBlock:
                co_await socket->readable();
            }
        }
    }
    static Task<Result<void>> writeTo(std::shared_ptr<Socket> socket, std::string bytes)
    {
        if (!socket->canWrite())
            co_return systemFailure("cannot send", socket->error());
        socket->queue(std::move(bytes));
        auto position = socket->queuedTotal();
        socket->flush();
        bool sent = co_await socket->sentUpTo(position);
        if (!sent)
            co_return systemFailure("cannot send", socket->error());
        co_return Result<void>();
    }

    std::shared_ptr<Socket> m_socket;
    std::string m_early;
};

constexpr auto kHalfOpenTimeout = std::chrono::seconds(60);

// Shared by the two directions of a pipe.
struct PipeState {
    Loop& loop;
    std::unique_ptr<Stream> left, right;
    Deadline halfOpen; // runs once one direction has ended
    bool oneEnded = false;
    int running = 2;
    Event done;

    PipeState(Loop& theLoop, std::unique_ptr<Stream> theLeft, std::unique_ptr<Stream> theRight)
        : loop(theLoop), left(std::move(theLeft)), right(std::move(theRight)), halfOpen(loop, [this] { closeBoth(); })
    {
    }
    void closeBoth()
    {
        left->close();
        right->close();
    }
};

Task<void> copy(std::shared_ptr<PipeState> state, bool fromLeft)
{
    Stream& from = fromLeft ? *state->left : *state->right;
    Stream& to = fromLeft ? *state->right : *state->left;
    bool failed = false;
    for (;;) {
        if (state->oneEnded)
            state->halfOpen.set(kHalfOpenTimeout);
        auto bytes = co_await from.read();
        failed = !bytes;
        if (failed || bytes->empty())
            break;
        auto written = co_await to.write(std::move(*bytes));
        failed = !written;
        if (failed)
            break;
    }
    state->oneEnded = true;
    if (failed)
        state->closeBoth();
    else
        to.closeWrite();
    state->halfOpen.set(kHalfOpenTimeout);
    if (--state->running > 0)
        co_return;
    state->halfOpen.stop();
    state->closeBoth();
    state->done.set({});
}

} // namespace

std::unique_ptr<Stream> makeSocketStream(std::shared_ptr<Socket> socket, std::string early)
{
    return std::make_unique<SocketStream>(std::move(socket), std::move(early));
}

Task<void> pipe(Loop& loop, std::unique_ptr<Stream> left, std::unique_ptr<Stream> right, std::stop_token stop)
{
    auto state = std::make_shared<PipeState>(loop, std::move(left), std::move(right));
    spawn(copy(state, true));
    spawn(copy(state, false));
    std::stop_callback closeBoth(stop, [state] {
        auto kept = state; // the first close may end this coroutine, and this callback with it
        kept->closeBoth();
    });
    co_await state->done;
}

} // namespace kates::http
