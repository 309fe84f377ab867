// Hands each pod of one informer to the node that it is bound to. One informer serves a real node (a field selector on the server) or thousands of simulated ones.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/client/informer.h"

namespace kates::kubelet {

struct PodHandler {
    std::function<void(const api::Value& pod)> changed; // added or updated; bound to this node
    std::function<void(const api::Value& pod)> removed;
};

class PodSource {
public:
    explicit PodSource(client::Informer& pods); // before the informer starts
    // Pods that are known already come at once. The handler must unsubscribe before it goes.
    void subscribe(const std::string& nodeName, PodHandler handler);
    void unsubscribe(const std::string& nodeName);
    std::vector<api::Value> podsOf(const std::string& nodeName) const;
    Future<Done> whenSynced() const { return m_pods.whenSynced(); }

private:
    const PodHandler* handlerOf(const api::Value& pod) const;
    client::Informer& m_pods;
    std::map<std::string, PodHandler, std::less<>> m_handlers;
};

} // namespace kates::kubelet
