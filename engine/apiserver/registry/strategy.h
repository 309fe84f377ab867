// What is particular to one kind when it is written: pure functions around the one generic store (registry/store.h). The description has already
// done what it can (unknown fields, types, static defaults, required fields, enumerations); a strategy does the rest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/schema.h"
#include "engine/api/status.h"
#include "engine/base/loop.h"

namespace kates::apiserver {

struct StrategyContext {
    const api::KindDescription& kind;
    std::string userName;
    std::string subresource; // "" or "status" …
    WallTime now;
};

class Strategy {
public:
    virtual ~Strategy() = default;
    // Defaults that depend on other fields, fields that a client may not set (status on create). `object` has its metadata filled in.
    virtual void prepareForCreate(const StrategyContext& context, api::Value& object) const;
    virtual void prepareForUpdate(const StrategyContext& context, api::Value& object, const api::Value& old) const;
    // Every problem, each with its field path, in upstream's wording.
    virtual void validate(const StrategyContext& context, const api::Value& object, std::vector<api::StatusCause>& causes) const;
    // Immutable fields and the like; validate() runs too.
    virtual void validateUpdate(const StrategyContext& context, const api::Value& object, const api::Value& old, std::vector<api::StatusCause>& causes) const;
    // The grace period of a graceful deletion (pods); 0: delete at once.
    virtual std::int64_t gracePeriodSeconds(const api::Value& object, std::optional<std::int64_t> requested) const;
};

// One per kind that needs one; the plain one for all others. Never fails.
[[nodiscard]] const Strategy& strategyFor(const api::KindDescription& kind);

// Defaulting, pruning and checking that every write goes through, in order, by the description and then the strategy: used by the generic store and by dry runs.
// name, namespace, labels and annotations are checked here too (RFC 1123 subdomain unless the kind says otherwise).
[[nodiscard]] api::ApiResult<void> prepareAndValidateCreate(const StrategyContext& context, api::Value& object);
[[nodiscard]] api::ApiResult<void> prepareAndValidateUpdate(const StrategyContext& context, api::Value& object, const api::Value& old);

} // namespace kates::apiserver
