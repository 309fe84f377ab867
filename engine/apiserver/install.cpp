// Which admission plugins, subresources and virtual kinds a server has.
#include "engine/apiserver/admission/plugins.h"
#include "engine/apiserver/reviews/reviews.h"
#include "engine/apiserver/server.h"
#include "engine/apiserver/subresources/subresources.h"

namespace kates::apiserver {

void Server::installHandlers()
{
    // In the order in which they act.
    m_admission.add(makeNamespaceLifecycle(m_caches));
    if (!m_options.serviceAccountKeyPem.empty())
        m_admission.add(makeServiceAccountAdmission(m_loop, m_caches, *m_random));
    m_admission.add(makeDefaultTolerations());
    m_admission.add(makePriorityAdmission(m_caches));
    m_admission.add(makeClusterNames(m_caches));
    m_admission.add(makeServiceAllocation(m_caches, *m_random, m_options));

    m_operations.addSubresource("", "scale", makeScaleHandler(m_registry));
    m_operations.addSubresource("pods", "binding", makeBindingHandler(m_registry));
    m_operations.addSubresource("pods", "eviction", makeEvictionHandler(m_registry));
    m_operations.addSubresource("namespaces", "finalize", makeFinalizeHandler(m_registry));
    m_operations.addSubresource(
        "serviceaccounts", "token", makeTokenHandler(m_loop, m_registry, m_authenticator, m_options.serviceAccountIssuer, *m_random));

    m_operations.addVirtualKind("bindings", makeBindingKind(m_registry));
    m_operations.addVirtualKind("selfsubjectaccessreviews", makeAccessReview(m_authorizer, AccessReview::Self));
    m_operations.addVirtualKind("subjectaccessreviews", makeAccessReview(m_authorizer, AccessReview::Subject));
    m_operations.addVirtualKind("localsubjectaccessreviews", makeAccessReview(m_authorizer, AccessReview::LocalSubject));
    m_operations.addVirtualKind("selfsubjectrulesreviews", makeRulesReview(m_authorizer));
    m_operations.addVirtualKind("tokenreviews", makeTokenReview(m_authenticator));
    m_operations.addVirtualKind("selfsubjectreviews", makeSelfReview(m_registry));
}

} // namespace kates::apiserver
