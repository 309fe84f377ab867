#include "engine/api/patch.h"
#include "engine/api/value/value_impl.h"

namespace kates::api {

// Builds the object anew in one pass instead of erasing member by member, which would be quadratic for large objects.
Value applyMergePatch(const Value& target, const Value& patch)
{
    if (!patch.isObject())
        return patch;
    ObjectBuilder result(target.members().end() - target.members().begin());
    for (const Member& member : target.members()) {
        const Value* change = patch.find(member.key);
        if (!change)
            result.put(member.key, member.value);
        else if (!change->isNull())
            result.put(member.key, applyMergePatch(member.value, *change));
    }
    for (const Member& member : patch.members()) {
        if (!member.value.isNull() && !target.has(member.key))
            result.put(member.key, applyMergePatch(Value(), member.value));
    }
    return result.take();
}

} // namespace kates::api
