#include "engine/cluster/remote/remote_manager.h"

#include "engine/apiserver/respond/respond.h"
#include "engine/cluster/engine/cluster_manager.h"

namespace kates::cluster {

namespace {

bool isSame(const api::Value& left, const api::Value& right)
{
    return api::ObjectMeta(left).uid() == api::ObjectMeta(right).uid();
}

} // namespace

RemoteManager::RemoteManager(EngineContext& context)
    : m_context(context), m_path(context.loop, context.processes), m_informers(client::makeInformerFactory(context.loop, context.client)),
      m_objects(m_informers->informer(resources::remoteClusters)), m_secrets(m_informers->informer(client::resources::secrets)), m_tasks(context.loop)
{
    client::InformerHandler objects;
    objects.added = [this](const api::Value& remote) { changed(remote); };
    objects.updated = [this](const api::Value&, const api::Value& remote) { changed(remote); };
    objects.deleted = [this](const api::Value& remote) { gone(remote); };
    objects.synced = [this] { synced(); };
    m_objects.addHandler(std::move(objects));
    client::InformerHandler secrets;
    secrets.added = [this](const api::Value& secret) { secretChanged(secret); };
    secrets.updated = [this](const api::Value&, const api::Value& secret) { secretChanged(secret); };
    secrets.deleted = [this](const api::Value& secret) { secretChanged(secret); };
    secrets.synced = [this] { synced(); };
    m_secrets.addHandler(std::move(secrets));
}

Task<Result<void>> RemoteManager::start()
{
    const api::Value space = api::Value::object(
        {{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", api::Value::object({{"name", kSystemNamespace}})}});
    auto made = co_await m_context.client->create(client::resources::namespaces, {}, space);
    if (!made && !made.error().isAlreadyExists())
        co_return failure("cannot make namespace " + std::string(kSystemNamespace) + ": " + made.error().message);
    m_informers->start();
    co_return Result<void>();
}

void RemoteManager::changed(const api::Value& object)
{
    if (m_tasks.stopToken().stop_requested())
        return;
    auto& remote = m_remotes[std::string(api::ObjectMeta(object).name())];
    if (remote && !isSame(remote->object(), object))
        m_tasks.spawn(end(std::exchange(remote, nullptr)));
    if (!remote)
        remote = std::make_shared<RemoteCluster>(m_context, m_path, object);
    refresh(*remote, object);
}

void RemoteManager::refresh(RemoteCluster& remote, const api::Value& object)
{
    if (!m_secrets.synced())
        return; // synced() looks again
    const std::string name(object.str("spec", "kubeconfigSecretRef", "name"));
    const api::Value* secret = m_secrets.get(kSystemNamespace, name);
    remote.update(object, secret ? *secret : api::Value());
}

void RemoteManager::secretChanged(const api::Value& secret)
{
    const api::ObjectMeta meta(secret);
    if (meta.ns() != kSystemNamespace || m_tasks.stopToken().stop_requested())
        return;
    for (auto& [name, remote] : m_remotes)
        if (remote->secretName() == meta.name())
            refresh(*remote, remote->object());
}

void RemoteManager::synced()
{
    if (!m_objects.synced() || !m_secrets.synced())
        return;
    m_objects.forEach([this](const api::Value& object) { changed(object); });
    if (auto names = orphans(); !names.empty())
        m_tasks.spawn(removeSecrets(std::move(names)));
}

void RemoteManager::gone(const api::Value& object)
{
    const auto found = m_remotes.find(std::string(api::ObjectMeta(object).name()));
    if (found == m_remotes.end() || !isSame(found->second->object(), object) || m_tasks.stopToken().stop_requested())
        return;
    m_tasks.spawn(end(found->second));
    m_remotes.erase(found);
}

Task<void> RemoteManager::end(std::shared_ptr<RemoteCluster> remote)
{
    co_await yieldTo(m_context.loop);
    co_await remote->stop();
    co_await removeSecrets(orphans());
}

std::vector<std::string> RemoteManager::orphans() const
{
    std::vector<std::string> names;
    if (!m_objects.synced())
        return names;
    m_secrets.forEach([&](const api::Value& secret) {
        for (const api::Value& owner : api::ObjectMeta(secret).ownerReferences()) {
            const api::Value* object = owner.str("kind") == "RemoteCluster" ? m_objects.get({}, owner.str("name")) : &secret;
            if (api::ObjectMeta(secret).ns() == kSystemNamespace && (!object || (object != &secret && api::ObjectMeta(*object).uid() != owner.str("uid"))))
                names.emplace_back(api::ObjectMeta(secret).name());
        }
    });
    return names;
}

Task<void> RemoteManager::removeSecrets(std::vector<std::string> names)
{
    for (const std::string& name : names)
        (void)co_await m_context.client->remove(client::resources::secrets, kSystemNamespace, name);
}

Task<void> RemoteManager::stop()
{
    m_tasks.requestStop();
    for (auto& [name, remote] : m_remotes)
        co_await remote->stop();
    co_await m_tasks.finished();
    co_await m_informers->stop();
}

Task<void> RemoteManager::serve(http::Exchange& exchange, apiserver::UserInfo user)
{
    const std::string& path = exchange.request().path;
    const auto found = m_remotes.find(nameInPath(path));
    if (mayPass(user) && found != m_remotes.end()) {
        std::shared_ptr<RemoteCluster> remote = found->second;
        co_await remote->serve(exchange, restOfPath(path));
        co_return;
    }
    // Somebody who acts as somebody else has lost the group on the way: say what is wrong.
    const bool impersonated = !exchange.request().headers.get("Impersonate-User").empty() && found != m_remotes.end();
    const api::StatusError error = impersonated
        ? api::forbidden({"engine.kates.dev", "remoteclusters"}, nameInPath(path), "a remote cluster does not take requests on behalf of somebody else")
        : api::unauthorized();
    co_await apiserver::respondStatus(exchange, error);
}

} // namespace kates::cluster
