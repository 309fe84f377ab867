// GET /containerLogs/<namespace>/<pod>/<container>
#include <charconv>
#include <fcntl.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/base/time.h"
#include "engine/kubelet/server/kubelet_server.h"
#include "engine/kubelet/server/log_reader.h"

namespace kates::kubelet {

namespace {

constexpr std::size_t kReadBytes = 64 << 10;

std::optional<std::int64_t> number(const http::Query& query, std::string_view name)
{
    const std::string_view text = query.get(name);
    std::int64_t value = 0;
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || problem != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

LogOptions parseOptions(const http::Query& query, WallTime now)
{
    LogOptions options;
    const auto flag = [&](const char* name) { return query.get(name) == "true" || query.get(name) == "1"; };
    options.follow = flag("follow");
    options.timestamps = flag("timestamps");
    options.previous = flag("previous");
    options.tailLines = number(query, "tailLines");
    options.limitBytes = number(query, "limitBytes");
    if (auto seconds = number(query, "sinceSeconds"))
        options.since = now - std::chrono::seconds(*seconds);
    if (auto time = parseTime(query.get("sinceTime")))
        options.since = *time;
    if (query.get("stream") != "All")
        options.stream = query.get("stream");
    return options;
}

// Wakes a reader when the file grows, the container ends or the client goes.
struct LogWake {
    Signal signal;
    OwnedFd inotify;
    Registration watch;
    bool ended = false;

    static Task<void> whenExited(std::shared_ptr<LogWake> self, Future<Done> exited)
    {
        co_await exited;
        self->ended = true;
        self->signal.notify();
    }
    void watchFile(Loop& loop, const std::string& path, std::shared_ptr<LogWake> self)
    {
        inotify = OwnedFd(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
        ::inotify_add_watch(inotify.get(), path.c_str(), IN_MODIFY);
        watch = loop.watch(inotify.get(), Readable, [self](int) {
            char buffer[4096];
            while (::read(self->inotify.get(), buffer, sizeof buffer) > 0) { }
            self->signal.notify();
        });
    }
};

Task<void> stream(http::Exchange& exchange, Loop& loop, int fd, LogOptions options, std::string path, Future<Done> exited)
{
    auto wake = std::make_shared<LogWake>();
    if (options.follow) {
        wake->watchFile(loop, path, wake);
        spawn(LogWake::whenExited(wake, exited));
    }
    std::stop_callback gone(exchange.closed(), [&loop, wake] { loop.post([wake] { wake->signal.notify(); }); });
    LogFormatter formatter(options);
    std::string block(kReadBytes, '\0');
    while (!exchange.closed().stop_requested() && !formatter.limitReached()) {
        const bool endedBefore = wake->ended || !options.follow;
        const ssize_t got = ::read(fd, block.data(), block.size());
        if (got > 0) {
            std::string text = formatter.feed({block.data(), static_cast<std::size_t>(got)});
            if (text.empty())
                continue;
            std::vector<Bytes> pieces;
            pieces.emplace_back(std::move(text));
            const bool taken = co_await exchange.write(std::move(pieces));
            if (!taken)
                break;
        } else if (endedBefore || got < 0) {
            break;
        } else {
            co_await wake->signal.wait();
        }
    }
    wake->watch.reset();
}

} // namespace

Task<void> KubeletServer::containerLogs(http::Exchange& exchange, std::string ns, std::string pod, std::string container)
{
    const LogOptions options = parseOptions(http::Query::parse(exchange.request().query), m_kubelet.loop().wallTime());
    PodWorker* worker = m_kubelet.findPod(ns, pod);
    auto status = worker ? worker->container(container, options.previous) : std::nullopt;
    if (!status) {
        const std::string what = options.previous && worker ? "previous terminated container \"" + container + "\" in pod \"" + pod + "\" not found"
                                                            : "container \"" + container + "\" in pod \"" + pod + "\" is waiting to start or not available";
        co_await respondText(exchange, worker ? 400 : 404, what);
        co_return;
    }
    OwnedFd fd(::open(status->logPath.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) {
        co_await respondText(exchange, 404, "the log " + status->logPath + " can't be read");
        co_return;
    }
    if (options.tailLines) {
        auto offset = tailOffset(fd.get(), *options.tailLines);
        if (offset)
            ::lseek(fd.get(), *offset, SEEK_SET);
    }
    exchange.begin(200, {{"Content-Type", "text/plain"}});
    co_await stream(exchange, m_kubelet.loop(), fd.get(), options, status->logPath, m_kubelet.whenExited(status->id));
    co_await exchange.end();
}

} // namespace kates::kubelet
