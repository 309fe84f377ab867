#include "tests/support/pod_runner.h"

#include "engine/base/time.h"

namespace kates::test {

using client::resources::pods;

PodRunner::PodRunner(Loop& loop, std::shared_ptr<FakeClient> client)
    : m_loop(loop), m_client(client), m_factory(client::makeInformerFactory(loop, client, makeSeededRandom(3)))
{
    m_factory->informer(pods).addHandler({.added = [this](const api::Value& pod) { seen(pod); },
        .updated =
            [this](const api::Value& before, const api::Value& after) {
                if (!api::ObjectMeta(before).beingDeleted() && api::ObjectMeta(after).beingDeleted())
                    seen(after);
            }});
    m_factory->start();
}

PodRunner::~PodRunner() = default;

void PodRunner::later(Duration delay, std::function<void()> action)
{
    m_timers.push_back(m_loop.after(delay, std::move(action)));
}

void PodRunner::seen(const api::Value& pod)
{
    const std::string ns(pod.str("metadata", "namespace")), name(pod.str("metadata", "name"));
    if (api::ObjectMeta(pod).beingDeleted()) {
        later(goneAfter, [this, ns, name] {
            if (!m_client->at(pods, ns, name).isNull())
                m_client->erase(pods, ns, name);
        });
        return;
    }
    if (pod.str("spec", "nodeName").empty()) {
        // A daemon set's pod says itself where it belongs.
        const api::Value& terms
            = pod.get("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
        const std::string_view wanted = terms.at(0).get("matchFields").at(0).get("values").at(0).asString();
        const std::string node = wanted.empty() ? nodes[m_bound++ % nodes.size()] : std::string(wanted);
        m_loop.post([this, ns, name, node] {
            if (!m_client->at(pods, ns, name).isNull())
                m_client->change(pods, ns, name, [&](api::Value& bound) { bound.edit("spec").set("nodeName", node); });
        });
    }
    if (!works(pod))
        return;
    later(readyAfter, [this, ns, name] { run(ns, name); });
}

void PodRunner::run(const std::string& ns, const std::string& name)
{
    if (m_client->at(pods, ns, name).isNull())
        return;
    const std::size_t number = ++m_started;
    m_client->change(pods, ns, name, [&](api::Value& pod) {
        pod.edit("status").set("phase", finishes ? "Succeeded" : "Running");
        pod.edit("status").set("podIP", "10.244.0." + std::to_string(number));
        pod.edit("status").set("podIPs", api::Value::array({api::Value::object({{"ip", "10.244.0." + std::to_string(number)}})}));
        api::setCondition(pod, "Ready", !finishes, "", "", formatTime(m_loop.wallTime()));
    });
}

} // namespace kates::test
