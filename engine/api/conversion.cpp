#include "engine/api/conversion.h"

#include "engine/api/conversion_autoscaling.h"

namespace kates::api {

namespace {

enum class Direction { ToStored, FromStored };

Value renamed(const StoredAs& stored, const Value& object, Direction direction)
{
    Value result = object;
    for (const auto& [here, there] : stored.renames) {
        const std::string& from = direction == Direction::ToStored ? here : there;
        const std::string& to = direction == Direction::ToStored ? there : here;
        if (const Value* value = object.find(from)) {
            result.set(to, *value);
            result.erase(from);
        }
    }
    return result;
}

std::string apiVersionOf(const StoredAs& stored)
{
    return stored.group.empty() ? stored.version : stored.group + "/" + stored.version;
}

bool isAutoscaler(const KindDescription& kind)
{
    return kind.group == "autoscaling" && kind.kind == "HorizontalPodAutoscaler";
}

} // namespace

Value toStored(const KindDescription& kind, const Value& object)
{
    if (!kind.storedAs)
        return object;
    Value result = renamed(*kind.storedAs, object, Direction::ToStored);
    result.set("apiVersion", apiVersionOf(*kind.storedAs));
    result.set("kind", kind.storedAs->kind);
    if (isAutoscaler(kind))
        autoscalerToV2(result);
    return result;
}

Value fromStored(const KindDescription& kind, const Value& stored)
{
    if (!kind.storedAs)
        return stored;
    Value result = renamed(*kind.storedAs, stored, Direction::FromStored);
    result.set("apiVersion", kind.apiVersion());
    result.set("kind", kind.kind);
    if (isAutoscaler(kind))
        autoscalerToV1(result);
    return result;
}

} // namespace kates::api
