// What every namespace has from the start: the service account "default", and the config map "kube-root-ca.crt" by which pods know the API server.
#pragma once

#include "engine/controllers/controller.h"

namespace kates::controllers {

class NamespaceDefaultsController : public QueueController {
public:
    // `caPem` is the certificate that signed the API server's.
    NamespaceDefaultsController(const ControllerContext& context, std::string caPem);

private:
    // An object that must exist in each namespace with this content.
    struct Default {
        client::Resource resource;
        client::Informer* informer;
        api::Value object;
    };
    Task<client::ReconcileResult> reconcile(std::string key) override;
    Task<api::ApiResult<void>> ensure(std::string ns, Default wanted);
    void watch(const Default& wanted);

    client::Informer& m_namespaces;
    std::vector<Default> m_defaults;
};

} // namespace kates::controllers
