// What is particular to one kind when it is written: pure functions around the one generic store. The description has already done what it can
// (unknown fields, types, static defaults, required fields, enumerations); a strategy does the rest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/field_errors.h"
#include "engine/api/names.h"
#include "engine/api/schema.h"
#include "engine/base/loop.h"

namespace kates::apiserver {

struct StrategyContext {
    const api::KindDescription& kind;
    std::string userName;
    std::string subresource; // "" or "status" …
    WallTime now;
};

// Stateless; one instance per kind serves every thread.
class Strategy {
public:
    virtual ~Strategy() = default;
    // Defaults that depend on other fields, fields that a client may not set. `object` has its metadata and static defaults filled in;
    // a status that a client sent is gone.
    virtual void prepareForCreate(const StrategyContext& context, api::Value& object) const;
    virtual void prepareForUpdate(const StrategyContext& context, api::Value& object, const api::Value& old) const;
    // Every problem, each with its field path, in upstream's wording.
    virtual void validate(const StrategyContext& context, const api::Value& object, api::FieldErrors& errors) const;
    // What only a new object may not have; validate() runs too.
    virtual void validateCreate(const StrategyContext& context, const api::Value& object, api::FieldErrors& errors) const;
    // Immutable fields and the like; validate() runs too.
    virtual void validateUpdate(const StrategyContext& context, const api::Value& object, const api::Value& old, api::FieldErrors& errors) const;
    // Whether a status that comes with a new object is kept, for kinds that are created by what reports their status (nodes).
    virtual bool keepsStatusOnCreate() const;
    // What an object of this kind may be called; an RFC 1123 subdomain unless the kind says otherwise.
    virtual api::NameProblem nameProblem(std::string_view name) const;
    // The grace period of a graceful deletion (pods); 0: delete at once.
    virtual std::int64_t gracePeriodSeconds(const api::Value& object, std::optional<std::int64_t> requested) const;
};

// One per kind that needs one; the plain one for all others. Never fails.
[[nodiscard]] const Strategy& strategyFor(const api::KindDescription& kind);

// What every write goes through after decoding and admission, in order: types, pruning, canonical forms, static defaults, the strategy's defaults,
// then the checks of the metadata, of the description and of the strategy. 400 for a wrong type, 422 with every cause otherwise.
// Creating drops a status that the client sent (kinds with a status subresource). What a write to a subresource may change, resourceVersion, uid and
// generation are the store's business.
[[nodiscard]] api::ApiResult<void> prepareAndValidateCreate(const StrategyContext& context, api::Value& object);
[[nodiscard]] api::ApiResult<void> prepareAndValidateUpdate(const StrategyContext& context, api::Value& object, const api::Value& old);

} // namespace kates::apiserver
