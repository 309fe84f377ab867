#include "engine/runtime/oci/attach_session.h"

#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/http/client.h"
#include "engine/runtime/oci/stream_ends.h"

namespace kates::runtime {

namespace {

constexpr std::size_t kPacketSizeMaxBytes = 32u << 10; // conmon's buffer
constexpr std::size_t kInputPacketMaxBytes = 8u << 10;
constexpr std::size_t kQueueBytesMax = 256u << 10; // past it the socket is not read until somebody takes something
enum ConmonStream : char { StdoutStream = 2, StderrStream = 3 };

struct AttachState;

// What came for one of the two streams and was not read yet.
struct OutputQueue {
    Channel<std::string> pieces;
    std::size_t bytes = 0;
};

struct AttachState : std::enable_shared_from_this<AttachState> {
    AttachState(Loop& owner, OwnedFd connected) : loop(owner), socket(std::move(connected)) {}
    Loop& loop;
    OwnedFd socket;
    Registration watch;
    OutputQueue output, error;
    bool hasError = false;
    Future<int> exited;

    void resume()
    {
        if (watch || !socket || output.bytes + error.bytes > kQueueBytesMax)
            return;
        watch = loop.watch(socket.get(), Readable, [weak = weak_from_this()](int) {
            if (const auto self = weak.lock())
                self->receive();
        });
    }
    void receive()
    {
        char packet[kPacketSizeMaxBytes + 1];
        const auto size = ::recv(socket.get(), packet, sizeof packet, MSG_DONTWAIT);
        if (size < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (size <= 0) {
            end();
            return;
        }
        auto& queue = packet[0] == StderrStream && hasError ? error : output;
        queue.bytes += static_cast<std::size_t>(size - 1);
        if (output.bytes + error.bytes > kQueueBytesMax)
            watch.reset();
        if (size > 1)
            queue.pieces.push(std::string(packet + 1, static_cast<std::size_t>(size - 1)));
    }
    void end()
    {
        const auto keep = shared_from_this();
        watch.reset();
        socket.reset();
        output.pieces.close();
        error.pieces.close();
        exited.set(0);
    }
};

class AttachOutput : public http::Stream {
public:
    AttachOutput(std::shared_ptr<AttachState> state, OutputQueue& queue) : m_state(std::move(state)), m_queue(queue) {}
    Task<Result<std::string>> read() override { return readFrom(m_state, m_queue); }
    Task<Result<void>> write(std::string) override { co_return failure("an output stream cannot be written"); }
    void closeWrite() override {}
    void close() override { m_queue.pieces.close(); }

private:
    static Task<Result<std::string>> readFrom(std::shared_ptr<AttachState> state, OutputQueue& queue)
    {
        auto piece = co_await queue.pieces.next();
        if (!piece)
            co_return std::string();
        queue.bytes -= piece->size();
        state->resume();
        co_return std::move(*piece);
    }
    std::shared_ptr<AttachState> m_state;
    OutputQueue& m_queue;
};

class OciAttach : public ExecSession {
public:
    OciAttach(std::shared_ptr<AttachState> state, std::filesystem::path bundle, std::unique_ptr<http::Stream> input, bool tty)
        : m_state(std::move(state)), m_bundle(std::move(bundle)), m_input(std::move(input)),
          m_output(std::make_unique<AttachOutput>(m_state, m_state->output))
    {
        if (!tty)
            m_error = std::make_unique<AttachOutput>(m_state, m_state->error);
    }
    ~OciAttach() override { m_state->end(); }
    http::Stream* standardInput() override { return m_input.get(); }
    http::Stream* standardOutput() override { return m_output.get(); }
    http::Stream* standardError() override { return m_error.get(); }
    void resize(int columns, int rows) override { (void)tellConmon(m_bundle, ConmonControl::Resize, rows, columns); }
    Future<int> exited() const override { return m_state->exited; }

private:
    std::shared_ptr<AttachState> m_state;
    std::filesystem::path m_bundle;
    std::unique_ptr<http::Stream> m_input, m_output, m_error;
};

// Through a descriptor of the directory: a socket's path may not be longer than 107 bytes.
Result<OwnedFd> connectAttach(const std::filesystem::path& bundle)
{
    const OwnedFd directory(::open(bundle.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    OwnedFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    sockaddr_un address {.sun_family = AF_UNIX};
    const auto path = "/proc/self/fd/" + std::to_string(directory.get()) + "/attach";
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    if (!directory || !socket || ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return systemFailure("attach to the container");
    return socket;
}

} // namespace

Result<std::unique_ptr<ExecSession>> attachTo(Loop& loop, std::filesystem::path bundle, bool stdin, bool tty)
{
    auto socket = connectAttach(bundle);
    if (!socket)
        return unexpected(socket.error());
    std::unique_ptr<http::Stream> input;
    if (stdin)
        input = packetInput(http::streamFromFd(loop, ::fcntl(socket->get(), F_DUPFD_CLOEXEC, 0)), kInputPacketMaxBytes);
    auto state = std::make_shared<AttachState>(loop, std::move(*socket));
    state->hasError = !tty;
    state->resume();
    return std::make_unique<OciAttach>(std::move(state), std::move(bundle), std::move(input), tty);
}

Result<void> tellConmon(const std::filesystem::path& bundle, ConmonControl what, int rows, int columns)
{
    const OwnedFd fifo(::open((bundle / "ctl").c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
    const auto line = std::to_string(static_cast<int>(what)) + " " + std::to_string(rows) + " " + std::to_string(columns) + "\n";
    if (!fifo || ::write(fifo.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        return systemFailure("speak to the container's conmon");
    return {};
}

} // namespace kates::runtime
