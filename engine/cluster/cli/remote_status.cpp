#include <fmt/format.h>

#include "engine/api/meta.h"
#include "engine/base/time.h"
#include "engine/cluster/cli/engine_connection.h"
#include "engine/cluster/cli/follow.h"
#include "engine/cluster/cli/remote.h"
#include "engine/cluster/remote/remote_cluster.h"

namespace kates::cluster::cli {

namespace {

// A plug-in may take its whole time before the server is asked.
constexpr auto kProbeWait = client::kExecPluginTimeout + client::kLoginShellTimeout + kProbeTimeout;

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
    // Until its status answers the probe, or the time is over; then as it is.
    std::function<bool(const api::Value&)> answered = [&asked](const api::Value& remote) { return remote.str("status", "observedProbe") == asked; };
    std::string everywhere;
    auto watched = co_await watchObject(loop, client, resources::remoteClusters, everywhere, name, answered, kProbeWait);
    printRemote(watched.object.isNull() ? *patched : watched.object);
    co_return 0;
}

} // namespace kates::cluster::cli
