// The pods of a node, from a pod informer.
#pragma once

#include "engine/client/informer.h"

namespace kates::controllers {

inline constexpr const char* kByNodeIndex = "nodeName";

inline void addNodeIndex(client::Informer& pods)
{
    pods.addIndex(kByNodeIndex, [](const api::Value& pod) {
        const std::string_view node = pod.str("spec", "nodeName");
        return node.empty() ? std::vector<std::string>() : std::vector<std::string>{std::string(node)};
    });
}

inline std::vector<api::Value> podsOnNode(const client::Informer& pods, std::string_view node)
{
    return pods.byIndex(kByNodeIndex, node);
}

} // namespace kates::controllers
