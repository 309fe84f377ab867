// A control plane in one process, in simulated time: API server, controllers, and nodes that bind pods, make them ready and end them.
#pragma once

#include "engine/api/json.h"
#include "engine/apiserver/api_server.h"
#include "engine/base/simulated_loop.h"
#include "engine/base/time.h"
#include "engine/controllers/controller_manager.h"
#include "engine/store/memory_store.h"

namespace kates::test {

namespace resources = client::resources;

// Plays scheduler and kubelets through the API. Pods go to the living nodes in turn.
class ApiNodes {
public:
    ApiNodes(Loop& loop, std::shared_ptr<client::Client> client)
        : m_loop(loop)
        , m_client(client)
        , m_factory(client::makeInformerFactory(loop, client, makeSeededRandom(2)))
        , m_tasks(loop)
    {
        m_factory->informer(resources::pods).addHandler({.added = [this](const api::Value& pod) { m_tasks.spawn(run(pod)); },
            .updated =
                [this](const api::Value& before, const api::Value& after) {
                    if (!api::ObjectMeta(before).beingDeleted() && api::ObjectMeta(after).beingDeleted())
                        m_tasks.spawn(end(after));
                }});
        m_factory->start();
    }
    Task<void> stop()
    {
        m_tasks.requestStop();
        co_await m_factory->stop();
        co_await m_tasks.finished();
    }
    void add(const std::string& name)
    {
        m_alive.push_back(name);
        m_tasks.spawn(beat(name));
    }
    void kill(const std::string& name) { std::erase(m_alive, name); }
    std::vector<std::string> errors; // requests that the API refused
    std::string brokenImage = "broken"; // pods of it never become ready
    bool finishes = false;              // containers end with success

private:
    bool alive(std::string_view node) const { return std::find(m_alive.begin(), m_alive.end(), node) != m_alive.end(); }

    template <typename T>
    bool accepted(const api::ApiResult<T>& result)
    {
        if (!result && !result.error().isNotFound() && !result.error().isConflict())
            errors.push_back(result.error().message);
        return bool(result);
    }

    Task<void> beat(std::string name)
    {
        api::Value node = api::Value::object(
            {{"metadata", api::Value::object({{"name", name}, {"labels", api::Value::object({{"kubernetes.io/os", "linux"}})}})}});
        auto created = co_await m_client->create(resources::nodes, std::string(), std::move(node));
        if (!accepted(created))
            co_return;
        co_await writeReady(name);
        while (alive(name) && !m_tasks.stopToken().stop_requested()) {
            api::Value lease = api::Value::object({{"metadata", api::Value::object({{"name", name}, {"namespace", "kube-node-lease"}})}});
            lease.edit("spec").set("holderIdentity", name);
            lease.edit("spec").set("leaseDurationSeconds", 40);
            lease.edit("spec").set("renewTime", formatMicroTime(m_loop.wallTime()));
            auto renewed = co_await m_client->update(resources::leases, std::string("kube-node-lease"), name, lease);
            if (!renewed && renewed.error().isNotFound())
                renewed = co_await m_client->create(resources::leases, std::string("kube-node-lease"), lease);
            accepted(renewed);
            co_await sleepFor(m_loop, std::chrono::seconds(10), m_tasks.stopToken());
        }
    }
    Task<void> writeReady(std::string name)
    {
        for (;;) {
            auto node = co_await m_client->get(resources::nodes, std::string(), name);
            if (!node)
                co_return;
            api::setCondition(*node, "Ready", true, "KubeletReady", "", formatTime(m_loop.wallTime()));
            client::WriteOptions status;
            status.subresource = "status";
            auto written = co_await m_client->update(resources::nodes, std::string(), name, *node, status);
            if (accepted(written) || !written.error().isConflict())
                co_return;
        }
    }
    Task<void> run(api::Value pod)
    {
        const std::string ns(api::ObjectMeta(pod).ns()), name(api::ObjectMeta(pod).name());
        if (!pod.str("spec", "nodeName").empty() || m_alive.empty())
            co_return;
        const api::Value& terms = pod.get("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
        std::string node(terms.at(0).get("matchFields").at(0).get("values").at(0).asString());
        if (node.empty())
            node = m_alive[m_bound++ % m_alive.size()];
        api::Value binding = api::Value::object({{"metadata", api::Value::object({{"name", name}, {"namespace", ns}})}});
        binding.set("target", api::Value::object({{"kind", "Node"}, {"name", node}}));
        client::WriteOptions options;
        options.subresource = "binding";
        auto bound = co_await m_client->create(resources::pods, ns, std::move(binding), options, name);
        if (!accepted(bound))
            co_return;
        co_await sleepFor(m_loop, std::chrono::seconds(1), m_tasks.stopToken());
        if (pod.get("spec", "containers").at(0).str("image") != brokenImage && alive(node))
            co_await report(ns, name, "10.244.0." + std::to_string(++m_addresses % 250 + 1));
    }
    Task<void> report(std::string ns, std::string name, std::string address)
    {
        for (;;) {
            auto pod = co_await m_client->get(resources::pods, ns, name);
            if (!pod)
                co_return;
            api::Value& status = pod->edit("status");
            status.set("phase", finishes ? "Succeeded" : "Running");
            status.set("podIP", address);
            status.set("podIPs", api::Value::array({api::Value::object({{"ip", address}})}));
            api::setCondition(*pod, "Ready", !finishes, "", "", formatTime(m_loop.wallTime()));
            client::WriteOptions options;
            options.subresource = "status";
            auto written = co_await m_client->update(resources::pods, ns, name, *pod, options);
            if (accepted(written) || !written.error().isConflict())
                co_return;
        }
    }
    Task<void> end(api::Value pod)
    {
        co_await sleepFor(m_loop, std::chrono::seconds(1), m_tasks.stopToken());
        if (!alive(pod.str("spec", "nodeName")))
            co_return; // nobody is there to end it
        const std::string ns(api::ObjectMeta(pod).ns()), name(api::ObjectMeta(pod).name());
        client::DeleteOptions options;
        options.gracePeriodSeconds = 0;
        options.preconditionUid = api::ObjectMeta(pod).uid();
        auto removed = co_await m_client->remove(resources::pods, ns, name, options);
        accepted(removed);
    }

    Loop& m_loop;
    std::shared_ptr<client::Client> m_client;
    std::unique_ptr<client::InformerFactory> m_factory;
    TaskGroup m_tasks;
    std::vector<std::string> m_alive;
    std::size_t m_bound = 0, m_addresses = 0;
};

struct ControlPlane {
    SimulatedLoop loop;
    std::shared_ptr<api::Scheme> scheme = api::Scheme::kubernetes();
    std::unique_ptr<Random> random = makeSeededRandom(1);
    std::unique_ptr<apiserver::ApiServer> server;
    std::shared_ptr<client::Client> client;
    std::unique_ptr<client::InformerFactory> informers;
    std::unique_ptr<controllers::ControllerManager> manager;
    std::unique_ptr<ApiNodes> nodes;

    ControlPlane()
    {
        apiserver::ApiServerOptions options;
        options.scheme = scheme;
        options.store = std::shared_ptr<store::Store>(store::makeMemoryStore(loop));
        options.serverAddress = "192.0.2.1:6443";
        server = apiserver::makeApiServer(loop, options);
        run(startServer());
        client = server->clientFor({"admin", "", {"system:masters"}});
        auto controllerClient = server->clientFor({"system:kube-controller-manager", "", {"system:masters"}});
        informers = client::makeInformerFactory(loop, controllerClient, makeSeededRandom(4));
        controllers::ControllerManagerOptions manage;
        manage.caPem = "PEM";
        manage.servedResources = [this] { return controllers::servedResourcesOf(*scheme); };
        manage.podNetworks = *controllers::CidrSet::create("10.244.0.0/16", 24);
        manager = std::make_unique<controllers::ControllerManager>(loop, controllerClient, *informers, *random, std::move(manage));
        manager->start();
        informers->start();
        nodes = std::make_unique<ApiNodes>(loop, client);
        for (const char* name : {"node-1", "node-2", "node-3"})
            nodes->add(name);
        loop.advance(std::chrono::seconds(2));
    }
    ~ControlPlane()
    {
        run(nodes->stop());
        run(manager->stop());
        run(informers->stop());
        run(server->stop());
    }

    template <typename T>
    T run(Task<T> task)
    {
        return runToCompletion(loop, std::move(task));
    }
    api::Value get(const client::Resource& resource, const std::string& ns, const std::string& name)
    {
        auto found = run(client->get(resource, ns, name));
        return found ? *found : api::Value();
    }
    std::vector<api::Value> list(const client::Resource& resource, const std::string& ns = {})
    {
        auto found = run(client->list(resource, ns));
        return found ? found->items : std::vector<api::Value>();
    }
    // Empty: accepted.
    std::string create(const client::Resource& resource, const std::string& ns, const api::Value& object)
    {
        auto created = run(client->create(resource, ns, object));
        return created ? "" : created.error().message;
    }
    void change(const client::Resource& resource, const std::string& ns, const std::string& name, const std::function<void(api::Value&)>& edit)
    {
        for (;;) {
            api::Value object = get(resource, ns, name);
            edit(object);
            auto written = run(client->update(resource, ns, name, object));
            if (written || !written.error().isConflict()) {
                if (!written)
                    qWarning("%s", written.error().message.c_str());
                return;
            }
        }
    }
    void remove(const client::Resource& resource, const std::string& ns, const std::string& name, const std::string& policy = {})
    {
        client::DeleteOptions options;
        options.propagationPolicy = policy;
        (void)run(client->remove(resource, ns, name, options));
    }
    // Looks every quarter of a second of simulated time.
    bool until(const std::function<bool()>& condition, std::chrono::seconds limit = std::chrono::seconds(120))
    {
        const MonotonicTime end = loop.now() + limit;
        while (!condition()) {
            if (loop.now() > end)
                return false;
            loop.advance(std::chrono::milliseconds(250));
        }
        return true;
    }
    std::int64_t readyPods(const std::string& ns = "default")
    {
        std::int64_t ready = 0;
        for (const auto& pod : list(resources::pods, ns))
            ready += api::conditionIsTrue(pod, "Ready") && !api::ObjectMeta(pod).beingDeleted();
        return ready;
    }

private:
    Task<void> startServer()
    {
        auto started = co_await server->start();
        if (!started)
            qFatal("the server did not start: %s", started.error().message.c_str());
    }
};

// A document from JSON with single quotes for double ones.
inline api::Value fromJson(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    auto parsed = api::parseJson(text);
    if (!parsed)
        qFatal("%s: %s", parsed.error().message.c_str(), text.c_str());
    return *parsed;
}

} // namespace kates::test
