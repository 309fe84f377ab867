// metadata.managedFields: who owns which fields. Internal to server-side apply.
#pragma once

#include "engine/api/apply.h"
#include "engine/api/apply/field_set.h"

namespace kates::api {

inline constexpr std::size_t kUpdateManagersMax = 10; // more are merged, oldest first, into one entry, as upstream
inline constexpr std::string_view kAncientManager = "ancient-changes";
inline constexpr std::string_view kBeforeFirstApplyManager = "before-first-apply";

struct FieldManager {
    std::string name, operation, apiVersion, subresource, time; // operation: Apply or Update
    FieldSet fields;

    bool isApply() const { return operation == "Apply"; }
    // The same manager: an applier keeps its entry when it changes to another apiVersion.
    bool sameAs(const FieldManager& other) const;
    std::string printed() const; // in conflict messages
};

class ManagedFields {
public:
    // Of an object that we stored.
    static ManagedFields fromStored(const Value& managedFields);
    // From outside: an entry that cannot be read is an error. Absent or empty is no managers.
    static Result<ManagedFields> fromValue(const Value& managedFields);
    Value toValue() const;

    std::vector<FieldManager>& managers() { return m_managers; }
    const std::vector<FieldManager>& managers() const { return m_managers; }
    const FieldManager* find(const FieldManager& like) const;
    // Replaces the entry of the same manager, or adds one.
    void put(FieldManager manager);
    FieldSet all() const;
    void dropEmpty();
    void limitUpdaters();
    bool operator==(const ManagedFields& other) const { return toValue() == other.toValue(); }

private:
    std::vector<FieldManager> m_managers;
};

} // namespace kates::api
