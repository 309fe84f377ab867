#include "engine/apiserver/admission/plugins.h"

namespace kates::apiserver {

namespace {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

constexpr std::string_view kMountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
constexpr auto kAccountWait = std::chrono::seconds(1); // a namespace's default account appears just after the namespace

bool isMirrorPod(const Value& pod)
{
    return !pod.str("metadata", "annotations", "kubernetes.io/config.mirror").empty();
}

bool hasMount(const Value& container)
{
    for (const auto& mount : container.get("volumeMounts")) {
        if (mount.str("mountPath") == kMountPath)
            return true;
    }
    return false;
}

// Token, certificate authority and namespace in one volume.
Value tokenVolume(const std::string& name)
{
    auto token = Value::object({{"serviceAccountToken", Value::object({{"expirationSeconds", 3607}, {"path", "token"}})}});
    auto authority = Value::object({{"configMap", Value::object({{"name", "kube-root-ca.crt"},
        {"items", Value::array({Value::object({{"key", "ca.crt"}, {"path", "ca.crt"}})})}})}});
    auto field = Value::object({{"apiVersion", "v1"}, {"fieldPath", "metadata.namespace"}});
    auto ns = Value::object({{"downwardAPI",
        Value::object({{"items", Value::array({Value::object({{"path", "namespace"}, {"fieldRef", std::move(field)}})})}})}});
    auto sources = Value::array({std::move(token), std::move(authority), std::move(ns)});
    return Value::object({{"name", name}, {"projected", Value::object({{"defaultMode", 420}, {"sources", std::move(sources)}})}});
}

void mountToken(Value& pod, const std::string& volume)
{
    bool mounted = false;
    for (auto list : {"initContainers", "containers"}) {
        for (std::size_t i = 0; i < pod.get("spec", list).size(); ++i) {
            if (hasMount(pod.get("spec", list).at(i)))
                continue;
            auto mount = Value::object({{"name", volume}, {"readOnly", true}, {"mountPath", kMountPath}});
            pod.edit("spec", list).editAt(i).edit("volumeMounts").push(std::move(mount));
            mounted = true;
        }
    }
    if (mounted)
        pod.edit("spec", "volumes").push(tokenVolume(volume));
}

class ServiceAccountAdmission : public AdmissionPlugin {
public:
    ServiceAccountAdmission(Loop& loop, const ResourceCaches& caches, Random& random) : m_loop(loop), m_caches(caches), m_random(random) {}

    bool concerns(const ResourceRequest& request) const override
    {
        return request.kind->group.empty() && request.kind->kind == "Pod" && request.subresource.empty();
    }

    Task<ApiResult<void>> admitCreate(ResourceRequest& request, Value& pod) override
    {
        if (isMirrorPod(pod) || !pod.get("spec").isObject())
            co_return ApiResult<void>();
        auto& spec = pod.edit("spec");
        auto name = std::string(spec.str("serviceAccountName").empty() ? spec.str("serviceAccount") : spec.str("serviceAccountName"));
        name = name.empty() ? "default" : name;
        spec.set("serviceAccountName", name);
        spec.set("serviceAccount", name);
        auto account = co_await waitFor(request.ns, name);
        if (!account)
            co_return ApiFailure(api::forbidden(request.resource(), request.name,
                "error looking up service account " + request.ns + "/" + name + ": serviceaccount \"" + name + "\" not found"));
        const auto& ofPod = pod.get("spec", "automountServiceAccountToken");
        bool automount = ofPod.isBool() ? ofPod.asBool() : account->value().get("automountServiceAccountToken").asBool(true);
        if (automount)
            mountToken(pod, "kube-api-access-" + m_random.nameSuffix());
        if (pod.get("spec", "imagePullSecrets").size() == 0 && account->value().get("imagePullSecrets").size() > 0)
            pod.edit("spec").set("imagePullSecrets", account->value().get("imagePullSecrets"));
        co_return ApiResult<void>();
    }

private:
    Task<ObjectPointer> waitFor(std::string ns, std::string name)
    {
        auto accounts = m_caches.find("", "serviceaccounts");
        if (!accounts)
            co_return nullptr;
        Selection selection;
        selection.ns = ns;
        selection.name = name;
        auto found = accounts->find(ns, name);
        if (found)
            co_return found;
        WatchCache::From from;
        from.after = m_caches.revision();
        auto watcher = accounts->watch(m_loop, std::move(selection), from, false, m_caches.revision());
        if (!watcher)
            co_return nullptr;
        auto appeared = *watcher;
        auto deadline = m_loop.after(kAccountWait, [&appeared] { appeared->close(); });
        co_await appeared->next();
        co_return accounts->find(ns, name);
    }

    Loop& m_loop;
    const ResourceCaches& m_caches;
    Random& m_random;
};

} // namespace

std::unique_ptr<AdmissionPlugin> makeServiceAccountAdmission(Loop& loop, const ResourceCaches& caches, Random& random)
{
    return std::make_unique<ServiceAccountAdmission>(loop, caches, random);
}

} // namespace kates::apiserver
