#include "engine/controllers/common/conditions.h"

namespace kates::controllers {

void putCondition(api::Value& object, api::Value condition)
{
    api::Value& conditions = object.edit("status", "conditions");
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        if (conditions.at(i).str("type") == condition.str("type")) {
            conditions.editAt(i) = std::move(condition);
            return;
        }
    }
    conditions.push(std::move(condition));
}

void removeCondition(api::Value& object, std::string_view type)
{
    const api::Value before = object.get("status", "conditions");
    api::Value kept = api::Value::array();
    for (const auto& condition : before) {
        if (condition.str("type") != type)
            kept.push(condition);
    }
    if (kept.size() == before.size())
        return;
    if (kept.size() == 0)
        object.edit("status").erase("conditions");
    else
        object.edit("status").set("conditions", std::move(kept));
}

} // namespace kates::controllers
