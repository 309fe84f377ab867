// Kubernetes' protobuf form, read by the descriptions: "k8s\0", then a runtime.Unknown that names the kind and holds the object. Typed Go clients
// (kubectl create, drain, auth can-i) send it. Reading only: every client that sends it takes JSON for an answer.
#pragma once

#include <functional>
#include <string_view>

#include "engine/api/json.h"
#include "engine/api/schema.h"

namespace kates::api {

// The type of an envelope's apiVersion and kind; nullptr: unknown, which is an error.
using TypeOfKind = std::function<const TypeDescription*(std::string_view apiVersion, std::string_view kind)>;

// What Go leaves out of JSON is left out (zeros of fields that are no pointers). Fields that the description does not know are skipped.
[[nodiscard]] Result<Value> parseProtobuf(std::string_view bytes, const TypeOfKind& typeOf, const ParseLimits& limits = {});

} // namespace kates::api
