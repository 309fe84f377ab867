#include "engine/apiserver/request/decode.h"

#include "engine/api/fields.h"
#include "engine/api/protobuf.h"
#include "engine/api/yaml.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::badRequest;
using api::Value;

namespace {

constexpr std::size_t kWarningsMax = 50;

// Strict: all problems in one refusal. Warn: one Warning header each.
ApiResult<void> report(ResourceRequest& request, const std::vector<std::string>& problems)
{
    if (problems.empty() || request.fieldValidation == FieldValidation::Ignore)
        return {};
    if (request.fieldValidation == FieldValidation::Warn) {
        for (const auto& problem : problems) {
            if (request.warnings.size() < kWarningsMax
                && std::find(request.warnings.begin(), request.warnings.end(), problem) == request.warnings.end())
                request.warnings.push_back(problem);
        }
        return {};
    }
    std::string text;
    for (const auto& problem : problems)
        text.append(text.empty() ? "" : ", ").append(problem);
    return ApiFailure(badRequest(request.kind->kind + " in version \"" + request.kind->version + "\" cannot be handled as a " + request.kind->kind
        + ": strict decoding error: " + text));
}

Result<Value> parse(const api::Scheme& scheme, std::string_view body, BodyFormat format, api::ParseReport& duplicates)
{
    if (format == BodyFormat::Protobuf) {
        auto typeOf = [&](std::string_view apiVersion, std::string_view kind) {
            return scheme.type(kind == "DeleteOptions" ? "meta/v1" : apiVersion, kind);
        };
        return api::parseProtobuf(body, typeOf);
    }
    if (format == BodyFormat::Json)
        return api::parseJson(body, {}, &duplicates);
    auto documents = api::parseYaml(body, {}, &duplicates);
    if (!documents)
        return tl::unexpected(documents.error());
    if (documents->size() != 1)
        return failure("the body holds " + std::to_string(documents->size()) + " YAML documents, one is expected");
    return documents->front().value;
}

} // namespace

std::optional<BodyFormat> bodyFormatOf(std::string_view contentType)
{
    auto type = contentType.substr(0, contentType.find(';'));
    while (type.ends_with(' '))
        type.remove_suffix(1);
    if (type.empty() || type == "application/json" || type.ends_with("+json"))
        return BodyFormat::Json;
    if (type == "application/yaml" || type.ends_with("+yaml"))
        return BodyFormat::Yaml;
    if (type == "application/vnd.kubernetes.protobuf")
        return BodyFormat::Protobuf;
    return std::nullopt;
}

ApiResult<Value> decodeBody(const api::Scheme& scheme, ResourceRequest& request, std::string_view body, BodyFormat format)
{
    if (body.size() > kBodyMaxBytes)
        return ApiFailure(api::requestEntityTooLarge("limit is " + std::to_string(kBodyMaxBytes)));
    api::ParseReport duplicates;
    auto value = parse(scheme, body, format, duplicates);
    if (!value)
        return ApiFailure(badRequest("the body of the request cannot be decoded: " + value.error().message));
    std::vector<std::string> problems;
    for (const auto& field : duplicates.duplicateFields)
        problems.push_back("duplicate field \"" + field + "\"");
    if (auto reported = report(request, problems); !reported)
        return ApiFailure(reported.error());
    return std::move(*value);
}

ApiResult<void> checkFields(ResourceRequest& request, Value& object, const api::TypeDescription* type)
{
    type = type ? type : request.kind->type;
    if (auto typed = api::checkTypes(*type, object); !typed)
        return typed;
    std::vector<std::string> unknown;
    api::pruneUnknownFields(*type, object, unknown);
    return report(request, unknown);
}

} // namespace kates::apiserver
