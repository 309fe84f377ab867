// The admission plugins, one file each.
#pragma once

#include "engine/apiserver/admission/admission.h"
#include "engine/apiserver/cache/resource_caches.h"
#include "engine/base/random.h"

namespace kates::apiserver {

// Objects only in namespaces that exist and are not being deleted; the first namespaces cannot be deleted.
[[nodiscard]] std::unique_ptr<AdmissionPlugin> makeNamespaceLifecycle(const ResourceCaches& caches);
// A pod runs as a service account that exists, and finds its token in /var/run/secrets/kubernetes.io/serviceaccount.
[[nodiscard]] std::unique_ptr<AdmissionPlugin> makeServiceAccountAdmission(Loop& loop, const ResourceCaches& caches, Random& random);
// spec.priority and spec.preemptionPolicy of a pod from its PriorityClass.
[[nodiscard]] std::unique_ptr<AdmissionPlugin> makePriorityAdmission(const ResourceCaches& caches);
// A pod stays five minutes on a node that is not ready or not reachable, unless it says otherwise.
[[nodiscard]] std::unique_ptr<AdmissionPlugin> makeDefaultTolerations();
// Clusters and RemoteClusters of the engine share one set of names: /clusters/<name> is one or the other.
[[nodiscard]] std::unique_ptr<AdmissionPlugin> makeClusterNames(const ResourceCaches& caches);
// Virtual IPs and node ports of Services: each at most once.
[[nodiscard]] std::unique_ptr<AdmissionPlugin> makeServiceAllocation(const ResourceCaches& caches, Random& random, const ApiServerOptions& options);

} // namespace kates::apiserver
