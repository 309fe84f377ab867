#include "engine/api/meta.h"

namespace kates::api {

namespace {

constinit const Value kNull;

std::size_t conditionIndex(const Value& conditions, std::string_view type)
{
    std::size_t index = 0;
    while (index < conditions.size() && conditions.at(index).str("type") != type)
        ++index;
    return index;
}

bool setText(Value& object, std::string_view key, std::string_view text)
{
    const Value* before = object.find(key);
    if (before ? before->asString() == text : text.empty())
        return false;
    object.set(key, text);
    return true;
}

} // namespace

ObjectKey ObjectKey::parse(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == text.npos)
        return { {}, std::string(text) };
    return { std::string(text.substr(0, slash)), std::string(text.substr(slash + 1)) };
}

const Value& ObjectMeta::controllerRef() const
{
    for (const Value& reference : ownerReferences()) {
        if (reference.get("controller").asBool())
            return reference;
    }
    return kNull;
}

const Value& condition(const Value& object, std::string_view type)
{
    const Value& conditions = object.get("status", "conditions");
    return conditions.at(conditionIndex(conditions, type));
}

bool conditionIsTrue(const Value& object, std::string_view type) { return condition(object, type).str("status") == "True"; }

bool setCondition(
    Value& object, std::string_view type, std::string_view status, std::string_view reason, std::string_view message, std::string_view now)
{
    const Value& before = condition(object, type);
    Value changed = before.isObject() ? before : Value::object({ { "type", type } });
    const bool moved = setText(changed, "status", status);
    if (moved)
        changed.set("lastTransitionTime", now);
    const bool reasonChanged = setText(changed, "reason", reason);
    const bool messageChanged = setText(changed, "message", message);
    if (!moved && !reasonChanged && !messageChanged)
        return false;
    Value& conditions = object.edit("status", "conditions");
    const std::size_t index = conditionIndex(conditions, type);
    if (index < conditions.size())
        conditions.editAt(index) = std::move(changed);
    else
        conditions.push(std::move(changed));
    return true;
}

Value controllerReference(const Value& owner)
{
    return Value::object({ { "apiVersion", owner.get("apiVersion") }, { "kind", owner.get("kind") }, { "name", owner.get("metadata", "name") },
        { "uid", owner.get("metadata", "uid") }, { "controller", true }, { "blockOwnerDeletion", true } });
}

bool controlledBy(const Value& object, std::string_view ownerUid)
{
    return !ownerUid.empty() && ObjectMeta(object).controllerRef().str("uid") == ownerUid;
}

} // namespace kates::api
