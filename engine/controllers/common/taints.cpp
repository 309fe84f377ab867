#include "engine/controllers/common/taints.h"

namespace kates::controllers {

bool tolerates(const api::Value& toleration, const api::Value& taint)
{
    if (const std::string_view effect = toleration.str("effect"); !effect.empty() && effect != taint.str("effect"))
        return false;
    const std::string_view key = toleration.str("key");
    if (!key.empty() && key != taint.str("key"))
        return false;
    if (toleration.str("operator") == "Exists")
        return true;
    return !key.empty() && toleration.str("value") == taint.str("value"); // Equal
}

const api::Value* tolerationFor(const api::Value& tolerations, const api::Value& taint)
{
    for (const auto& toleration : tolerations) {
        if (tolerates(toleration, taint))
            return &toleration;
    }
    return nullptr;
}

bool hasTaint(const api::Value& node, std::string_view key)
{
    for (const auto& taint : node.get("spec", "taints")) {
        if (taint.str("key") == key)
            return true;
    }
    return false;
}

} // namespace kates::controllers
