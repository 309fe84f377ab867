// From a request's body to a document of the kind, with the checks that decoding does upstream: syntax, limits, types, unknown and duplicate fields.
#pragma once

#include "engine/apiserver/request/resource_request.h"

namespace kates::apiserver {

constexpr std::size_t kBodyMaxBytes = 3u << 20;

enum class BodyFormat { Json, Yaml, Protobuf };
// From a Content-Type; nothing: 415. An absent header means JSON.
[[nodiscard]] std::optional<BodyFormat> bodyFormatOf(std::string_view contentType);

// One document; duplicate fields are reported by request.fieldValidation. The scheme knows the kinds that a protobuf body may hold.
[[nodiscard]] api::ApiResult<api::Value> decodeBody(const api::Scheme& scheme, ResourceRequest& request, std::string_view body, BodyFormat format);
// Types, then unknown fields: pruned, and refused, warned about or ignored as request.fieldValidation says.
[[nodiscard]] api::ApiResult<void> checkFields(ResourceRequest& request, api::Value& object, const api::TypeDescription* type = nullptr);

} // namespace kates::apiserver
