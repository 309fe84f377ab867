#include "engine/kubelet/pod_source.h"

namespace kates::kubelet {

namespace {
constexpr const char* kByNode = "spec.nodeName";
}

PodSource::PodSource(client::Informer& pods) : m_pods(pods)
{
    m_pods.addIndex(kByNode, [](const api::Value& pod) { return std::vector<std::string>{std::string(pod.get("spec").str("nodeName"))}; });
    client::InformerHandler handler;
    handler.added = [this](const api::Value& pod) {
        if (auto* node = handlerOf(pod))
            node->changed(pod);
    };
    handler.updated = [this](const api::Value&, const api::Value& pod) {
        if (auto* node = handlerOf(pod))
            node->changed(pod);
    };
    handler.deleted = [this](const api::Value& pod) {
        if (auto* node = handlerOf(pod))
            node->removed(pod);
    };
    m_pods.addHandler(std::move(handler));
}

const PodHandler* PodSource::handlerOf(const api::Value& pod) const
{
    auto found = m_handlers.find(pod.get("spec").str("nodeName"));
    return found == m_handlers.end() ? nullptr : &found->second;
}

void PodSource::subscribe(const std::string& nodeName, PodHandler handler)
{
    const auto& stored = m_handlers[nodeName] = std::move(handler);
    for (const api::Value& pod : podsOf(nodeName))
        stored.changed(pod);
}

void PodSource::unsubscribe(const std::string& nodeName)
{
    m_handlers.erase(nodeName);
}

std::vector<api::Value> PodSource::podsOf(const std::string& nodeName) const
{
    return m_pods.byIndex(kByNode, nodeName);
}

} // namespace kates::kubelet
