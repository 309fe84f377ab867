#include "engine/controllers/namespaces/namespace_defaults_controller.h"

namespace kates::controllers {

using client::ReconcileResult;
namespace resources = client::resources;

namespace {

api::Value defaultServiceAccount()
{
    return api::Value::object({{"apiVersion", "v1"}, {"kind", "ServiceAccount"}, {"metadata", api::Value::object({{"name", "default"}})}});
}

api::Value rootCertificates(const std::string& caPem)
{
    api::Value note
        = api::Value::object({{"kubernetes.io/description", "The certificate authority of this cluster's API server: pods verify it with this."}});
    return api::Value::object({{"apiVersion", "v1"}, {"kind", "ConfigMap"},
        {"metadata", api::Value::object({{"name", "kube-root-ca.crt"}, {"annotations", std::move(note)}})},
        {"data", api::Value::object({{"ca.crt", caPem}})}});
}

} // namespace

NamespaceDefaultsController::NamespaceDefaultsController(const ControllerContext& context, std::string caPem)
    : QueueController(context, "service-account-controller")
    , m_namespaces(use(resources::namespaces))
    , m_defaults{{resources::serviceAccounts, &use(resources::serviceAccounts), defaultServiceAccount()},
          {resources::configMaps, &use(resources::configMaps), rootCertificates(caPem)}}
{
    m_namespaces.addHandler({.added = [this](const api::Value& object) { enqueue(object); },
        .updated = [this](const api::Value&, const api::Value& after) { enqueue(after); }});
    for (const Default& wanted : m_defaults)
        watch(wanted);
}

// One that is deleted or changed comes back.
void NamespaceDefaultsController::watch(const Default& wanted)
{
    auto enqueueNamespace = [this, name = std::string(wanted.object.str("metadata", "name"))](const api::Value& object) {
        api::ObjectMeta meta(object);
        if (meta.name() == name)
            m_queue.add(std::string(meta.ns()));
    };
    wanted.informer->addHandler({.updated = [enqueueNamespace](const api::Value&, const api::Value& after) { enqueueNamespace(after); },
        .deleted = enqueueNamespace});
}

Task<ReconcileResult> NamespaceDefaultsController::reconcile(std::string key)
{
    const api::Value* object = m_namespaces.get({}, key);
    if (!object || api::ObjectMeta(*object).beingDeleted())
        co_return ReconcileResult::done();
    for (const Default& wanted : m_defaults) {
        const Default copy = wanted;
        auto ensured = co_await ensure(key, copy);
        if (!ensured)
            co_return afterFailure("namespacedefaults", key, ensured.error());
    }
    co_return ReconcileResult::done();
}

Task<api::ApiResult<void>> NamespaceDefaultsController::ensure(std::string ns, Default wanted)
{
    const std::string name(wanted.object.str("metadata", "name"));
    const api::Value* cached = wanted.informer->get(ns, name);
    api::ApiResult<api::Value> written;
    if (!cached) {
        api::Value object = wanted.object;
        object.edit("metadata").set("namespace", ns);
        written = co_await client().create(wanted.resource, ns, std::move(object));
        if (!written && written.error().isAlreadyExists())
            co_return api::ApiResult<void>(); // the cache is behind
    } else if (cached->get("data") != wanted.object.get("data")) {
        api::Value object = *cached;
        object.set("data", wanted.object.get("data"));
        written = co_await client().update(wanted.resource, ns, name, std::move(object));
    }
    if (!written)
        co_return api::ApiFailure(written.error());
    co_return api::ApiResult<void>();
}

} // namespace kates::controllers
