// The kinds that a CustomResourceDefinition defines.
#pragma once

#include "engine/api/schema.h"

namespace kates::apiserver {

struct DefinedKinds {
    std::vector<api::Scheme::KindPointer> served; // one per served version
    api::Scheme::KindPointer stored;              // of the storage version, served or not
};

// `definition` has been validated.
[[nodiscard]] DefinedKinds kindsOf(const api::Value& definition, const api::Scheme& scheme);

} // namespace kates::apiserver
