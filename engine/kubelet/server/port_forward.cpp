#include "engine/kubelet/server/port_forward.h"

#include <charconv>
#include <map>

#include "engine/kubelet/server/kubelet_server.h"
#include "engine/kubelet/server/spdy_streams.h"

namespace kates::kubelet {

namespace {

constexpr std::size_t kHalfPairsMax = 256; // streams whose partner has not come

} // namespace

Task<void> forwardPort(Loop& loop, runtime::ContainerRuntime& runtime, std::string sandboxId, int port, PortForwardPair pair)
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

// Over SPDY: pairs of streams (error, data) with the same requestID, one pair a connection.
Task<void> KubeletServer::portForward(http::Exchange& exchange, std::string ns, std::string pod)
{
    PodWorker* worker = m_kubelet.findPod(ns, pod);
    if (!worker || worker->sandboxId().empty()) {
        co_await respondText(exchange, 404, "pod \"" + pod + "\" is not running on this node");
        co_return;
    }
    const std::string sandboxId = worker->sandboxId();
    if (wantsPortForwardChannels(exchange.request())) {
        co_await servePortForwardChannels(m_kubelet.loop(), exchange, m_kubelet.runtime(), sandboxId);
        co_return;
    }
    auto connection = co_await acceptSpdyPortForward(m_kubelet.loop(), exchange);
    if (!connection)
        co_return;
    TaskGroup forwards(m_kubelet.loop());
    std::map<std::string, PortForwardPair, std::less<>> waiting; // by request
    while (waiting.size() < kHalfPairsMax) {
        auto incoming = co_await connection->accept();
        if (!incoming)
            break;
        const std::string id(incoming->headers.get("requestid"));
        const std::string_view portText = incoming->headers.get("port");
        int port = 0;
        std::from_chars(portText.data(), portText.data() + portText.size(), port);
        PortForwardPair& pair = waiting[id];
        (incoming->headers.get("streamtype") == "error" ? pair.error : pair.data) = std::move(incoming->stream);
        if (!pair.data || !pair.error)
            continue;
        PortForwardPair ready = std::move(pair);
        waiting.erase(id);
        forwards.spawn(forwardPort(m_kubelet.loop(), m_kubelet.runtime(), sandboxId, port, std::move(ready)));
    }
    waiting.clear();
    connection->close();
    co_await forwards.finished();
}

} // namespace kates::kubelet
