#include <fmt/format.h>

#include "engine/api/meta.h"
#include "engine/base/time.h"
#include "engine/cluster/cli/engine_connection.h"
#include "engine/cluster/cli/remote.h"
#include "engine/cluster/remote/remote_cluster.h"

namespace kates::cluster::cli {

namespace {

// A plug-in may take its whole time before the server is asked.
constexpr auto kProbeWait = client::kExecPluginTimeout + client::kLoginShellTimeout + kProbeTimeout;

// Until the object's status answers the probe `asked`, or the time is over; then as it is.
Task<api::Value> awaitProbe(Loop& loop, std::shared_ptr<client::Client> client, api::Value remote, std::string asked)
{
    const auto answered = [&asked](const api::Value& object) { return object.str("status", "observedProbe") == asked; };
    client::ListOptions options;
    options.fieldSelector = "metadata.name=" + std::string(api::ObjectMeta(remote).name());
    options.resourceVersion = api::ObjectMeta(remote).resourceVersion();
    auto watch = co_await client->watch(resources::remoteClusters, {}, options);
    if (!watch)
        co_return remote;
    Registration timer = loop.after(kProbeWait, [&watch] { (*watch)->stop(); });
    while (!answered(remote)) {
        auto events = co_await (*watch)->next();
        if (!events)
            break;
        for (const client::WatchEvent& event : *events)
            if (event.type == client::WatchEvent::Type::Modified)
                remote = event.object;
    }
    co_return remote;
}

} // namespace

void printRemote(const api::Value& remote)
{
    const api::Value& status = remote.get("status");
    const api::Value& reachable = api::condition(remote, "Reachable");
    const std::string insecure = status.get("insecureSkipTLSVerify").asBool() ? " (its certificate is not verified)" : "";
    fmt::print("Remote cluster {}: {}\n", api::ObjectMeta(remote).name(), reachable.isNull() ? "NotConnected" : reachable.str("reason"));
    if (!reachable.str("message").empty())
        fmt::print("  {}\n", reachable.str("message"));
    fmt::print("  API server      {}{}\n", status.get("server").asString("-"), insecure);
    fmt::print("  Kubernetes      {}\n", status.get("version").asString("-"));
    fmt::print("  Authentication  {}\n", status.get("authentication").asString("-"));
    if (!status.str("execCommand").empty())
        fmt::print("  Plug-in         {} ({})\n", status.str("execCommand"),
            remote.str("spec", "execPlugin", "approvedCommand") == status.str("execCommand") ? "approved" : "not approved: it is not run");
    fmt::print("  Access          {}\n", remote.str("spec", "access"));
}

Task<int> remoteStatus(Loop& loop, std::shared_ptr<client::Client> client, std::string name)
{
    const std::string asked = formatMicroTime(loop.wallTime());
    const api::Value annotations = api::Value::object({{kProbeAnnotation, asked}});
    const api::Value patch = api::Value::object({{"metadata", api::Value::object({{"annotations", annotations}})}});
    auto patched = co_await client->patch(resources::remoteClusters, {}, name, client::PatchType::Merge, patch);
    if (!patched)
        co_return complain(patched.error().message, "kates list shows the clusters that exist");
    const api::Value remote = co_await awaitProbe(loop, client, *patched, asked);
    printRemote(remote);
    co_return 0;
}

} // namespace kates::cluster::cli
