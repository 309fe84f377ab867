// Empties namespaces that are being deleted, then lets them go.
//
// Pods go first (what protects them, such as network policies, stays while they run), then everything else that discovery knows. What remains and why
// is told in the namespace's conditions.
#pragma once

#include "engine/controllers/controller.h"
#include "engine/controllers/namespaces/namespace_conditions.h"

namespace kates::controllers {

class NamespaceController : public QueueController {
public:
    explicit NamespaceController(const ControllerContext& context);

private:
    Task<client::ReconcileResult> reconcile(std::string key) override;
    Task<NamespaceContent> deleteContent(std::string ns);
    Task<void> deleteResource(std::string ns, ServedResource served, NamespaceContent& content);
    Task<api::ApiResult<void>> deleteItems(ServedResource served, std::string ns, client::ObjectList list);
    Task<api::ApiResult<void>> writeConditions(api::Value& object, const NamespaceContent& content);
    Task<api::ApiResult<void>> finalize(api::Value object);

    client::Informer& m_namespaces;
    client::Informer& m_pods;
};

} // namespace kates::controllers
