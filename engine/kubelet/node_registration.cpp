#include "engine/kubelet/node_registration.h"

#include "engine/api/meta.h"
#include "engine/base/log.h"
#include "engine/base/time.h"

namespace kates::kubelet {

using namespace std::chrono_literals;

namespace {
constexpr auto kRegisterRetryDelay = 200ms;
constexpr auto kStatusEvery = 5min; // nodeStatusReportFrequency
constexpr const char* kLeaseNamespace = "kube-node-lease";
} // namespace

NodeRegistration::NodeRegistration(Loop& loop, std::shared_ptr<client::Client> client, NodeDescription description, Duration renewEvery)
    : m_loop(loop), m_client(std::move(client)), m_description(std::move(description)), m_renewEvery(renewEvery), m_tasks(loop)
{
}

void NodeRegistration::start()
{
    m_tasks.spawn(run());
}

Task<void> NodeRegistration::stop()
{
    m_tasks.requestStop();
    co_await m_tasks.finished();
}

Task<void> NodeRegistration::sayNotReady()
{
    if (m_node.isNull())
        co_return;
    const std::string now = formatTime(m_loop.wallTime());
    api::Value condition = api::Value::object({{"type", "Ready"}, {"status", "False"}, {"reason", "KubeletNotReady"}, {"message", "the node has been stopped"},
        {"lastHeartbeatTime", now}, {"lastTransitionTime", now}});
    api::Value patch = api::Value::object({{"status", api::Value::object({{"conditions", api::Value::array({condition})}})}});
    client::WriteOptions options;
    options.subresource = "status";
    options.fieldManager = "kubelet";
    (void)co_await m_client->patch(client::resources::nodes, {}, m_description.name, client::PatchType::Strategic, patch, options);
}

Task<void> NodeRegistration::run()
{
    std::stop_token stop = m_tasks.stopToken();
    while (!stop.stop_requested()) {
        const bool registered = co_await registerNode();
        if (registered)
            break;
        co_await sleepFor(m_loop, kRegisterRetryDelay, stop);
    }
    if (stop.stop_requested())
        co_return;
    co_await renewLease();
    m_registered.set({});
    MonotonicTime reported = m_loop.now(), renewed = reported;
    bool reportDue = false;
    while (!stop.stop_requested()) {
        co_await sleepFor(m_loop, m_renewEvery, stop);
        if (stop.stop_requested())
            break;
        const bool isRenewed = co_await renewLease();
        if (!isRenewed)
            continue;
        // Who was silent (frozen, or without a master) may have been taken for dead: only the node's own word makes it Ready again.
        const MonotonicTime now = m_loop.now();
        reportDue = reportDue || now - renewed > 2 * m_renewEvery || now - reported >= kStatusEvery;
        renewed = now;
        if (!reportDue)
            continue;
        const bool isReported = co_await reportStatus();
        reportDue = !isReported; // then after the next renewal
        if (isReported)
            reported = m_loop.now();
    }
}

// Creates the Node, or takes over the one of this name and brings labels, annotations and status up to date.
Task<bool> NodeRegistration::registerNode()
{
    const std::string now = formatTime(m_loop.wallTime());
    api::Value wanted = makeNode(m_description, now);
    client::WriteOptions options;
    options.fieldManager = "kubelet";
    auto created = co_await m_client->create(client::resources::nodes, {}, wanted, options);
    if (created) {
        m_node = *created;
        // A create drops the status: it is the status subresource's.
        co_return co_await reportStatus();
    }
    if (!created.error().isAlreadyExists()) {
        log::debug("kubelet", "node not registered yet", "node", m_description.name, "error", created.error().message);
        co_return false;
    }
    api::Value patch = api::Value::object({{"metadata", api::Value::object({{"labels", wanted.get("metadata", "labels")}, {"annotations", wanted.get("metadata", "annotations")}})}});
    auto patched = co_await m_client->patch(client::resources::nodes, {}, m_description.name, client::PatchType::Merge, patch, options);
    if (!patched)
        co_return false;
    m_node = *patched;
    co_return co_await reportStatus();
}

Task<bool> NodeRegistration::reportStatus()
{
    auto current = co_await m_client->get(client::resources::nodes, {}, m_description.name);
    if (!current) {
        if (current.error().isNotFound())
            co_return co_await registerNode();
        co_return false;
    }
    api::Value patch = api::Value::object({{"status", makeNodeStatus(m_description, *current, formatTime(m_loop.wallTime()))}});
    client::WriteOptions options;
    options.subresource = "status";
    options.fieldManager = "kubelet";
    auto patched = co_await m_client->patch(client::resources::nodes, {}, m_description.name, client::PatchType::Strategic, patch, options);
    if (!patched) {
        log::warning("kubelet", "node status not accepted", "node", m_description.name, "error", patched.error().message);
        co_return false;
    }
    m_node = *patched;
    co_return true;
}

Task<bool> NodeRegistration::renewLease()
{
    const std::string now = formatMicroTime(m_loop.wallTime());
    if (m_lease.isNull()) {
        auto found = co_await m_client->get(client::resources::leases, kLeaseNamespace, m_description.name);
        if (found)
            m_lease = *found;
    }
    if (m_lease.isNull()) {
        api::Value spec = api::Value::object({{"holderIdentity", m_description.name}, {"leaseDurationSeconds", kLeaseDurationSeconds}, {"renewTime", now}});
        api::Value owner = api::Value::object({{"apiVersion", "v1"}, {"kind", "Node"}, {"name", m_description.name}, {"uid", api::ObjectMeta(m_node).uid()}});
        api::Value lease = api::Value::object({{"apiVersion", "coordination.k8s.io/v1"}, {"kind", "Lease"},
            {"metadata", api::Value::object({{"name", m_description.name}, {"namespace", kLeaseNamespace}, {"ownerReferences", api::Value::array({owner})}})}, {"spec", spec}});
        auto created = co_await m_client->create(client::resources::leases, kLeaseNamespace, lease);
        if (created)
            m_lease = *created;
        co_return created.has_value();
    }
    api::Value lease = m_lease;
    lease.edit("spec").set("renewTime", now);
    lease.edit("spec").set("holderIdentity", m_description.name);
    auto updated = co_await m_client->update(client::resources::leases, kLeaseNamespace, m_description.name, lease);
    // After a conflict or a deletion the next renewal reads it again.
    m_lease = updated ? *updated : api::Value();
    co_return updated.has_value();
}

} // namespace kates::kubelet
