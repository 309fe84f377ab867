// Typed views over documents. A view refers to the document: it lasts as long as that Value.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "engine/api/value.h"

namespace kates::api {

// What identifies an object within one resource: a namespace (empty for cluster-scoped kinds) and a name.
struct ObjectKey {
    std::string ns;
    std::string name;
    std::string toString() const { return ns.empty() ? name : ns + "/" + name; }
    static ObjectKey parse(std::string_view text); // "ns/name" or "name"
    bool operator==(const ObjectKey&) const = default;
    auto operator<=>(const ObjectKey&) const = default;
};

class ObjectMeta {
public:
    explicit ObjectMeta(const Value& object)
        : m_meta(object.get("metadata"))
    {
    }
    std::string_view name() const { return m_meta.str("name"); }
    std::string_view ns() const { return m_meta.str("namespace"); }
    std::string_view uid() const { return m_meta.str("uid"); }
    std::string_view resourceVersion() const { return m_meta.str("resourceVersion"); }
    std::int64_t generation() const { return m_meta.get("generation").asInt(); }
    std::string_view creationTimestamp() const { return m_meta.str("creationTimestamp"); }
    std::string_view deletionTimestamp() const { return m_meta.str("deletionTimestamp"); }
    bool beingDeleted() const { return !deletionTimestamp().empty(); }
    const Value& labels() const { return m_meta.get("labels"); }
    const Value& annotations() const { return m_meta.get("annotations"); }
    const Value& ownerReferences() const { return m_meta.get("ownerReferences"); }
    const Value& finalizers() const { return m_meta.get("finalizers"); }
    std::string_view label(std::string_view key) const { return labels().str(key); }
    std::string_view annotation(std::string_view key) const { return annotations().str(key); }
    // The owner reference with controller: true, or the null value.
    const Value& controllerRef() const;
    ObjectKey key() const { return { std::string(ns()), std::string(name()) }; }

private:
    const Value& m_meta;
};

// The condition of this type in status.conditions, or the null value.
const Value& condition(const Value& object, std::string_view type);
bool conditionIsTrue(const Value& object, std::string_view type);
// Sets or replaces a condition; lastTransitionTime moves only when `status` changes. `now` is RFC 3339. Says whether anything changed.
bool setCondition(
    Value& object, std::string_view type, std::string_view status, std::string_view reason, std::string_view message, std::string_view now);
// True or False. Exactly bool, because a text literal would convert to bool sooner than to string_view.
template <typename Bool, typename = std::enable_if_t<std::is_same_v<Bool, bool>>>
bool setCondition(Value& object, std::string_view type, Bool status, std::string_view reason, std::string_view message, std::string_view now)
{
    return setCondition(object, type, std::string_view(status ? "True" : "False"), reason, message, now);
}

// A controller owner reference to `owner` (its apiVersion and kind must be set).
Value controllerReference(const Value& owner);
bool controlledBy(const Value& object, std::string_view ownerUid);

} // namespace kates::api
