// Writes down which pods stand behind each Service that has a selector: EndpointSlices, and the Endpoints object for older clients.
#pragma once

#include <map>

#include "engine/api/selector.h"
#include "engine/client/expectations.h"
#include "engine/controllers/controller.h"
#include "engine/controllers/endpointslice/slice_plan.h"

namespace kates::controllers {

class EndpointSliceController : public QueueController {
public:
    explicit EndpointSliceController(const ControllerContext& context);

private:
    using Written = api::ApiResult<void>;

    Task<client::ReconcileResult> reconcile(std::string key) override;
    Task<Written> carryOut(std::string key, api::Value service, SlicePlan plan);
    Task<Written> writeEndpoints(api::Value service, std::vector<api::Value> pods);
    Task<Written> removeEndpoints(api::ObjectKey key);
    std::vector<api::Value> podsOf(const api::Value& service) const;

    void serviceChanged(const api::Value& service, bool gone);
    void podChanged(const api::Value& pod);
    void sliceChanged(const api::Value& slice);

    client::Informer& m_services;
    client::Informer& m_pods;
    client::Informer& m_slices;
    client::Informer& m_endpoints;
    client::Informer& m_nodes;
    client::Expectations m_expectations; // slices that were created and are not in the cache yet
    // By namespace and name: parsed once, matched with every pod that changes.
    std::map<std::string, std::map<std::string, api::LabelSelector>, std::less<>> m_selectors;
};

} // namespace kates::controllers
