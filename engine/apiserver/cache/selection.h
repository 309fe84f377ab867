// Which objects of a kind somebody asked for.
#pragma once

#include "engine/api/selector.h"
#include "engine/apiserver/cache/cached_object.h"

namespace kates::apiserver {

struct Selection {
    std::string ns;   // empty: every namespace
    std::string name; // empty: every name
    api::LabelSelector labels; // the default selects everything
    api::FieldSelector fields;

    bool matches(const CachedObject& object) const
    {
        api::ObjectMeta meta(object.value());
        return (ns.empty() || meta.ns() == ns) && (name.empty() || meta.name() == name)
            && (labels.selectsEverything() || labels.matches(meta.labels())) && (fields.empty() || fields.matches(object.value()));
    }
    // Of the namespace, or of all.
    bool everything() const { return labels.selectsEverything() && fields.empty() && name.empty(); }
};

} // namespace kates::apiserver
