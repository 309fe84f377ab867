#include "engine/apiserver/registry/strategy.h"

#include "engine/api/fields.h"
#include "engine/apiserver/registry/common/metadata_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::Value;

void Strategy::prepareForCreate(const StrategyContext&, Value&) const { }

void Strategy::prepareForUpdate(const StrategyContext&, Value&, const Value&) const { }

void Strategy::validate(const StrategyContext&, const Value&, FieldErrors&) const { }

void Strategy::validateCreate(const StrategyContext&, const Value&, FieldErrors&) const { }

void Strategy::validateUpdate(const StrategyContext&, const Value&, const Value&, FieldErrors&) const { }

bool Strategy::keepsStatusOnCreate() const
{
    return false;
}

api::NameProblem Strategy::nameProblem(std::string_view name) const
{
    return api::dns1123SubdomainProblem(name);
}

std::int64_t Strategy::gracePeriodSeconds(const Value&, std::optional<std::int64_t>) const
{
    return 0;
}

namespace {

// Decoding did the same for what came over the network; components of this process hand over documents that nobody decoded.
api::ApiResult<void> conform(const api::TypeDescription& type, Value& object)
{
    if (auto typed = api::checkTypes(type, object); !typed)
        return typed;
    std::vector<std::string> dropped;
    api::pruneUnknownFields(type, object, dropped);
    api::canonicalize(type, object);
    return {};
}

api::ApiResult<void> verdict(const api::KindDescription& kind, const Value& object, std::vector<api::StatusCause> causes)
{
    if (causes.empty())
        return {};
    return api::ApiFailure(api::invalid(kind.group, kind.kind, object.str("metadata", "name"), std::move(causes)));
}

} // namespace

api::ApiResult<void> prepareAndValidateCreate(const StrategyContext& context, Value& object)
{
    const api::KindDescription& kind = context.kind;
    const Strategy& strategy = strategyFor(kind);
    if (auto conforms = conform(*kind.type, object); !conforms)
        return conforms;
    if (kind.hasStatus && !strategy.keepsStatusOnCreate())
        object.erase("status");
    api::applyDefaults(*kind.type, object);
    strategy.prepareForCreate(context, object);

    std::vector<api::StatusCause> causes;
    FieldErrors errors(causes);
    validateMetadata(kind, strategy, object, errors);
    api::validateFields(*kind.type, object, "", causes);
    strategy.validate(context, object, errors);
    strategy.validateCreate(context, object, errors);
    return verdict(kind, object, std::move(causes));
}

api::ApiResult<void> prepareAndValidateUpdate(const StrategyContext& context, Value& object, const Value& old)
{
    const api::KindDescription& kind = context.kind;
    const Strategy& strategy = strategyFor(kind);
    if (auto conforms = conform(*kind.type, object); !conforms)
        return conforms;
    api::applyDefaults(*kind.type, object);
    strategy.prepareForUpdate(context, object, old);

    std::vector<api::StatusCause> causes;
    FieldErrors errors(causes);
    validateMetadata(kind, strategy, object, errors);
    validateMetadataUpdate(object, old, errors);
    api::validateFields(*kind.type, object, "", causes);
    strategy.validate(context, object, errors);
    strategy.validateUpdate(context, object, old, errors);
    return verdict(kind, object, std::move(causes));
}

} // namespace kates::apiserver
