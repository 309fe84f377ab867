// Port-forward: pairs of streams (error, data) with the same requestID, one pair a connection.
#include <charconv>
#include <map>

#include "engine/kubelet/server/kubelet_server.h"
#include "engine/kubelet/server/spdy_streams.h"

namespace kates::kubelet {

namespace {

constexpr std::size_t kHalfPairsMax = 256; // streams whose partner has not come

struct Pair {
    std::unique_ptr<http::Stream> data, error;
};

Task<void> forward(Loop& loop, runtime::ContainerRuntime& runtime, std::string sandboxId, int port, Pair pair)
{
    auto target = co_await runtime.portForward(sandboxId, port);
    if (!target) {
        (void)co_await pair.error->write("error forwarding port " + std::to_string(port) + " to pod " + sandboxId + ": " + target.error().message);
        pair.error->closeWrite();
        pair.data->close();
        co_return;
    }
    pair.error->closeWrite();
    co_await http::pipe(loop, std::move(pair.data), std::move(*target));
}

} // namespace

Task<void> KubeletServer::portForward(http::Exchange& exchange, std::string ns, std::string pod)
{
    PodWorker* worker = m_kubelet.findPod(ns, pod);
    if (!worker || worker->sandboxId().empty()) {
        co_await respondText(exchange, 404, "pod \"" + pod + "\" is not running on this node");
        co_return;
    }
    const std::string sandboxId = worker->sandboxId();
    auto connection = co_await acceptSpdyPortForward(m_kubelet.loop(), exchange);
    if (!connection)
        co_return;
    TaskGroup forwards(m_kubelet.loop());
    std::map<std::string, Pair, std::less<>> waiting; // by request
    while (waiting.size() < kHalfPairsMax) {
        auto incoming = co_await connection->accept();
        if (!incoming)
            break;
        const std::string id(incoming->headers.get("requestid"));
        const std::string_view portText = incoming->headers.get("port");
        int port = 0;
        std::from_chars(portText.data(), portText.data() + portText.size(), port);
        Pair& pair = waiting[id];
        (incoming->headers.get("streamtype") == "error" ? pair.error : pair.data) = std::move(incoming->stream);
        if (!pair.data || !pair.error)
            continue;
        Pair ready = std::move(pair);
        waiting.erase(id);
        forwards.spawn(forward(m_kubelet.loop(), m_kubelet.runtime(), sandboxId, port, std::move(ready)));
    }
    waiting.clear();
    connection->close();
    co_await forwards.finished();
}

} // namespace kates::kubelet
