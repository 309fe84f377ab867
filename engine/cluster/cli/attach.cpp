// kates attach and kates detach: clusters that somebody else runs.
#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include "engine/api/meta.h"
#include "engine/base/base64.h"
#include "engine/base/files.h"
#include "engine/cluster/cli/commands.h"
#include "engine/cluster/cli/engine_connection.h"
#include "engine/cluster/cli/remote.h"
#include "engine/cluster/remote/remote_cluster.h"

namespace kates::cluster::cli {

namespace {

constexpr std::size_t kNameMax = 40;

// What a context is called, as a name of the engine's: "arn:aws:eks:eu/prod" → "arn-aws-eks-eu-prod".
std::string nameOf(const std::string& context)
{
    std::string name;
    for (unsigned char c : context)
        name += std::isalnum(c) ? static_cast<char>(std::tolower(c)) : '-';
    name = name.substr(0, kNameMax);
    name.erase(0, name.find_first_not_of('-'));
    name.erase(name.find_last_not_of('-') + 1);
    return name;
}

// The context with everything inside: the engine follows no file.
Result<client::KubeContext> readContext(const AttachOptions& options)
{
    const auto file = std::filesystem::absolute(options.kubeconfig);
    auto context = client::readKubeconfig(file, options.context);
    if (!context)
        return context;
    if (!context->tokenFile.empty()) {
        auto token = readFile(context->tokenFile, 64u << 10);
        if (!token)
            return tl::unexpected(token.error());
        token->erase(token->find_last_not_of(" \t\r\n") + 1);
        context->token = std::move(*token);
        context->tokenFile.clear();
    }
    // A relative command with a slash means: beside the kubeconfig.
    if (context->exec && context->exec->command.find('/') != std::string::npos && !context->exec->command.starts_with('/'))
        context->exec->command = (file.parent_path() / context->exec->command).lexically_normal().string();
    if (!context->proxyUrl.empty() || !context->impersonate.empty())
        return failure(file.string() + ": context \"" + context->name + "\" needs " + (context->proxyUrl.empty() ? "impersonation (as)" : "a proxy (proxy-url)")
            + ", which Kates does not do");
    return context;
}

Task<api::ApiResult<api::Value>> createOrPatch(std::shared_ptr<client::Client> client, client::Resource resource, std::string ns, api::Value object)
{
    auto created = co_await client->create(resource, ns, object);
    if (created || !created.error().isAlreadyExists())
        co_return created;
    const std::string name(object.str("metadata", "name"));
    auto patched = co_await client->patch(resource, ns, name, client::PatchType::Merge, object);
    if (!patched && patched.error().isNotFound())
        co_return created; // the name is a Cluster's
    co_return patched;
}

Task<api::ApiResult<api::Value>> storeKubeconfig(std::shared_ptr<client::Client> client, api::Value remote, std::string kubeconfig)
{
    const api::Value owner = api::Value::object({{"apiVersion", resources::remoteClusters.apiVersion()}, {"kind", "RemoteCluster"},
        {"name", api::ObjectMeta(remote).name()}, {"uid", api::ObjectMeta(remote).uid()}});
    const api::Value metadata = api::Value::object(
        {{"name", remote.str("spec", "kubeconfigSecretRef", "name")}, {"namespace", kSystemNamespace}, {"ownerReferences", api::Value::array({owner})}});
    const api::Value secret = api::Value::object({{"apiVersion", "v1"}, {"kind", "Secret"}, {"metadata", metadata}, {"type", kRemoteSecretType},
        {"data", api::Value::object({{kRemoteSecretKey, encodeBase64(kubeconfig)}})}});
    co_return co_await createOrPatch(client, client::resources::secrets, kSystemNamespace, secret);
}

// The object as far as the options say something.
api::Value wantedRemote(const AttachOptions& options, const std::string& name, const client::KubeContext* context)
{
    api::Value spec = api::Value::object();
    if (!options.access.empty())
        spec.set("access", options.access);
    if (context) {
        spec.set("kubeconfigSecretRef", api::Value::object({{"name", name + "-kubeconfig"}}));
        if (options.allowExec && context->exec)
            spec.set("execPlugin", api::Value::object({{"approvedCommand", context->exec->line()}}));
    }
    return api::Value::object({{"apiVersion", resources::remoteClusters.apiVersion()}, {"kind", "RemoteCluster"},
        {"metadata", api::Value::object({{"name", name}})}, {"spec", spec}});
}

// Without a kubeconfig: changes one that is attached.
Task<api::ApiResult<api::Value>> change(std::shared_ptr<client::Client> client, AttachOptions options)
{
    auto remote = co_await client->get(resources::remoteClusters, {}, options.name);
    if (!remote)
        co_return remote;
    api::Value wanted = wantedRemote(options, options.name, nullptr);
    if (options.allowExec)
        wanted.edit("spec").set("execPlugin", api::Value::object({{"approvedCommand", remote->str("status", "execCommand")}}));
    co_return co_await client->patch(resources::remoteClusters, {}, options.name, client::PatchType::Merge, wanted);
}

Task<int> runAttach(Loop& loop, std::shared_ptr<client::Client> client, AttachOptions options, std::optional<client::KubeContext> context)
{
    const std::string name = options.name.empty() ? nameOf(context->name) : options.name;
    api::ApiResult<api::Value> remote = api::Value();
    if (context)
        remote = co_await createOrPatch(client, resources::remoteClusters, {}, wantedRemote(options, name, &*context));
    else
        remote = co_await change(client, options);
    if (!remote)
        co_return complain(remote.error().message, context ? "" : "Attach it first: kates attach " + name + " --kubeconfig FILE");
    if (context) {
        context->name = name;
        auto stored = co_await storeKubeconfig(client, *remote, client::toKubeconfig(*context));
        if (!stored)
            co_return complain(stored.error());
        if (context->exec && remote->str("spec", "execPlugin", "approvedCommand") != context->exec->line()) {
            fmt::print("Cluster {} is attached. Its kubeconfig gets credentials from a program, which is not run before you approve it:\n  {}\n  approve it:  kates "
                       "attach {} --allow-exec\n",
                name, context->exec->line(), name);
            co_return 0;
        }
    }
    const int code = co_await remoteStatus(loop, client, name);
    if (code == 0)
        fmt::print("\n  use it:     kates kubeconfig {} --merge && kubectl get nodes\n  remove it:  kates detach {}\n", name, name);
    co_return code;
}

Task<int> runDetach(std::shared_ptr<client::Client> client, std::string name)
{
    auto remote = co_await client->get(resources::remoteClusters, {}, name);
    if (!remote)
        co_return complain(remote.error().message, "kates list shows the clusters that exist");
    auto removed = co_await client->remove(resources::remoteClusters, {}, name);
    auto others = co_await client->list(resources::remoteClusters, {});
    if (!removed || !others)
        co_return complain(removed ? others.error() : removed.error());
    // One that was made by hand belongs to nobody, so the engine leaves it.
    const std::string secret(remote->str("spec", "kubeconfigSecretRef", "name"));
    const bool shared = std::any_of(others->items.begin(), others->items.end(),
        [&](const api::Value& other) { return other.str("spec", "kubeconfigSecretRef", "name") == secret; });
    if (!shared) {
        auto gone = co_await client->remove(client::resources::secrets, kSystemNamespace, secret);
        if (!gone && !gone.error().isNotFound())
            co_return complain(gone.error());
    }
    fmt::print("Cluster {} is detached. Nothing in it has changed.\n", name);
    co_return 0;
}

} // namespace

int attach(const Paths& paths, const AttachOptions& options)
{
    if (options.kubeconfig.empty() && options.name.empty())
        return complain("nothing says which cluster", "kates attach [NAME] --kubeconfig FILE");
    std::optional<client::KubeContext> context;
    if (!options.kubeconfig.empty()) {
        auto read = readContext(options);
        if (!read)
            return complain(read.error().message);
        context = std::move(*read);
    }
    auto loop = makeLoop();
    auto client = connectToEngine(*loop, paths, StartEngine::Yes);
    if (!client)
        return complain(client.error().message, "See " + paths.engineLog().string());
    return runToCompletion(*loop, runAttach(*loop, *client, options, std::move(context)));
}

int detach(const Paths& paths, const std::string& name)
{
    auto loop = makeLoop();
    auto client = connectToEngine(*loop, paths, StartEngine::Yes);
    if (!client)
        return complain(client.error().message, "See " + paths.engineLog().string());
    const int code = runToCompletion(*loop, runDetach(*client, name));
    if (code == 0)
        (void)client::removeFromKubeconfig(defaultKubeconfig(), "kates-" + name);
    return code;
}

} // namespace kates::cluster::cli
