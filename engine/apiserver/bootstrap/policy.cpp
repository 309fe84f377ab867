#include "engine/apiserver/bootstrap/policy.h"

#include <string_view>

namespace kates::apiserver {

namespace {

using api::Value;

constexpr std::string_view kRead = "get list watch";
constexpr std::string_view kWrite = "create delete deletecollection patch update";
constexpr std::string_view kAll = "create delete deletecollection get list patch update watch";

// "a b c" → ["a", "b", "c"]; "" is the core group where groups are meant, so it gives [""].
Value words(std::string_view text)
{
    auto list = Value::array();
    do {
        auto space = text.find(' ');
        list.push(text.substr(0, space));
        text = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
    } while (!text.empty());
    return list;
}

Value rule(std::string_view verbs, std::string_view group, std::string_view resources)
{
    return Value::object({{"verbs", words(verbs)}, {"apiGroups", Value::array({Value(group)})}, {"resources", words(resources)}});
}

Value urls(std::string_view verbs, std::string_view paths)
{
    return Value::object({{"verbs", words(verbs)}, {"nonResourceURLs", words(paths)}});
}

Value metadata(std::string_view name)
{
    return Value::object({{"name", name}, {"labels", Value::object({{"kubernetes.io/bootstrapping", "rbac-defaults"}})}});
}

Value role(std::string_view name, std::vector<Value> rules)
{
    return Value::object({{"apiVersion", "rbac.authorization.k8s.io/v1"}, {"kind", "ClusterRole"}, {"metadata", metadata(name)},
        {"rules", Value::array(std::move(rules))}});
}

Value subject(std::string_view kind, std::string_view name)
{
    return Value::object({{"kind", kind}, {"apiGroup", "rbac.authorization.k8s.io"}, {"name", name}});
}

Value binding(std::string_view name, std::string_view roleName, std::vector<Value> subjects)
{
    auto reference = Value::object({{"apiGroup", "rbac.authorization.k8s.io"}, {"kind", "ClusterRole"}, {"name", roleName}});
    return Value::object({{"apiVersion", "rbac.authorization.k8s.io/v1"}, {"kind", "ClusterRoleBinding"}, {"metadata", metadata(name)},
        {"roleRef", std::move(reference)}, {"subjects", Value::array(std::move(subjects))}});
}

// What people may read in a namespace; secrets are not among it.
std::vector<Value> viewRules()
{
    return {
        rule(kRead, "",
            "bindings configmaps endpoints events limitranges namespaces namespaces/status persistentvolumeclaims persistentvolumeclaims/status pods "
            "pods/log pods/status replicationcontrollers replicationcontrollers/scale replicationcontrollers/status resourcequotas "
            "resourcequotas/status serviceaccounts services services/status"),
        rule(kRead, "apps",
            "controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale "
            "replicasets/status statefulsets statefulsets/scale statefulsets/status"),
        rule(kRead, "autoscaling", "horizontalpodautoscalers horizontalpodautoscalers/status"),
        rule(kRead, "batch", "cronjobs cronjobs/status jobs jobs/status"),
        rule(kRead, "discovery.k8s.io", "endpointslices"),
        rule(kRead, "events.k8s.io", "events"),
        rule(kRead, "networking.k8s.io", "ingresses ingresses/status networkpolicies"),
        rule(kRead, "policy", "poddisruptionbudgets poddisruptionbudgets/status"),
    };
}

std::vector<Value> editRules()
{
    auto rules = viewRules();
    rules.push_back(rule(kAll, "", "secrets"));
    rules.push_back(
        rule("get list watch create delete deletecollection patch update", "", "pods/attach pods/exec pods/portforward pods/proxy services/proxy"));
    rules.push_back(rule("create", "", "pods/eviction serviceaccounts/token"));
    rules.push_back(rule("impersonate", "", "serviceaccounts"));
    rules.push_back(rule(kWrite, "", "configmaps endpoints events persistentvolumeclaims pods replicationcontrollers replicationcontrollers/scale "
                                     "serviceaccounts services"));
    rules.push_back(rule(kWrite, "apps", "daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets "
                                         "statefulsets/scale"));
    rules.push_back(rule(kWrite, "autoscaling", "horizontalpodautoscalers"));
    rules.push_back(rule(kWrite, "batch", "cronjobs jobs"));
    rules.push_back(rule(kWrite, "networking.k8s.io", "ingresses networkpolicies"));
    rules.push_back(rule(kWrite, "policy", "poddisruptionbudgets"));
    rules.push_back(rule(kAll, "coordination.k8s.io", "leases"));
    return rules;
}

std::vector<Value> adminRules()
{
    auto rules = editRules();
    rules.push_back(rule(kAll, "rbac.authorization.k8s.io", "rolebindings roles"));
    rules.push_back(rule("create", "authorization.k8s.io", "localsubjectaccessreviews"));
    return rules;
}

std::vector<Value> nodeRules()
{
    return {
        rule("create", "authentication.k8s.io", "tokenreviews"),
        rule("create", "authorization.k8s.io", "localsubjectaccessreviews subjectaccessreviews"),
        rule(kRead, "", "services namespaces"),
        rule("create get list watch patch update", "", "nodes"),
        rule("patch update", "", "nodes/status"),
        rule("create patch update", "", "events"),
        rule("create patch update", "events.k8s.io", "events"),
        rule("create delete get list watch", "", "pods"),
        rule("patch update", "", "pods/status"),
        rule("create", "", "pods/eviction"),
        rule(kRead, "", "configmaps secrets persistentvolumeclaims persistentvolumes serviceaccounts endpoints"),
        rule("create", "", "serviceaccounts/token"),
        rule("patch update", "", "persistentvolumeclaims/status"),
        rule("create delete get list watch patch update", "coordination.k8s.io", "leases"),
        rule("create get list watch", "certificates.k8s.io", "certificatesigningrequests"),
        rule(kRead, "storage.k8s.io", "volumeattachments csidrivers storageclasses"),
        rule("create delete get list watch patch update", "storage.k8s.io", "csinodes"),
        rule(kRead, "node.k8s.io", "runtimeclasses"),
        rule(kRead, "discovery.k8s.io", "endpointslices"),
    };
}

std::vector<Value> schedulerRules()
{
    return {
        rule("create patch update", "", "events"),
        rule("create patch update", "events.k8s.io", "events"),
        rule("create get list patch update watch", "coordination.k8s.io", "leases"),
        rule(kRead, "", "nodes namespaces replicationcontrollers persistentvolumeclaims persistentvolumes services configmaps"),
        rule("delete get list watch", "", "pods"),
        rule("create", "", "bindings pods/binding"),
        rule("patch update", "", "pods/status"),
        rule(kRead, "apps", "replicasets statefulsets"),
        rule(kRead, "policy", "poddisruptionbudgets"),
        rule(kRead, "storage.k8s.io", "csinodes csidrivers csistoragecapacities storageclasses volumeattachments"),
        rule(kRead, "scheduling.k8s.io", "priorityclasses"),
        rule("create", "authentication.k8s.io", "tokenreviews"),
        rule("create", "authorization.k8s.io", "subjectaccessreviews"),
    };
}

} // namespace

std::vector<Value> builtInClusterRoles()
{
    return {
        role("cluster-admin", {rule("*", "*", "*"), urls("*", "*")}),
        role("admin", adminRules()),
        role("edit", editRules()),
        role("view", viewRules()),
        role("system:discovery", {urls("get", "/api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/")}),
        role("system:basic-user",
            {rule("create", "authorization.k8s.io", "selfsubjectaccessreviews selfsubjectrulesreviews"),
                rule("create", "authentication.k8s.io", "selfsubjectreviews")}),
        role("system:public-info-viewer", {urls("get", "/healthz /livez /readyz /version /version/")}),
        role("system:node", nodeRules()),
        role("system:kube-scheduler", schedulerRules()),
        // The garbage collector and the namespace controller must reach every resource.
        role("system:kube-controller-manager", {rule("*", "*", "*"), urls("*", "*")}),
        role("system:node-proxier",
            {rule("list watch", "", "endpoints services"), rule(kRead, "", "nodes"), rule("create patch update", "", "events"),
                rule("create patch update", "events.k8s.io", "events"), rule("list watch", "discovery.k8s.io", "endpointslices")}),
        role("system:kube-dns",
            {rule("list watch", "", "endpoints services namespaces pods"), rule("list watch", "discovery.k8s.io", "endpointslices")}),
        role("system:auth-delegator",
            {rule("create", "authentication.k8s.io", "tokenreviews"), rule("create", "authorization.k8s.io", "subjectaccessreviews")}),
    };
}

std::vector<Value> builtInClusterRoleBindings()
{
    auto authenticated = subject("Group", "system:authenticated");
    return {
        binding("cluster-admin", "cluster-admin", {subject("Group", "system:masters")}),
        binding("system:discovery", "system:discovery", {authenticated}),
        binding("system:basic-user", "system:basic-user", {authenticated}),
        binding("system:public-info-viewer", "system:public-info-viewer", {authenticated, subject("Group", "system:unauthenticated")}),
        binding("system:node", "system:node", {subject("Group", "system:nodes")}),
        binding("system:kube-scheduler", "system:kube-scheduler", {subject("User", "system:kube-scheduler")}),
        binding("system:kube-controller-manager", "system:kube-controller-manager", {subject("User", "system:kube-controller-manager")}),
        binding("system:node-proxier", "system:node-proxier", {subject("User", "system:kube-proxy")}),
        binding("system:kube-dns", "system:kube-dns", {subject("User", "system:kube-dns")}),
    };
}

} // namespace kates::apiserver
