#include "engine/apiserver/respond/respond.h"

#include "engine/api/conversion.h"
#include "engine/api/json.h"
#include "engine/api/yaml.h"
#include "engine/apiserver/respond/body_writer.h"

namespace kates::apiserver {

using api::Value;

namespace {

constexpr std::string_view kJson = "application/json";

std::string quotedWarning(const std::string& text)
{
    std::string quoted = "299 - \"";
    for (char c : text) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return quoted + "\"";
}

http::Headers headersFor(std::string_view contentType, const std::vector<std::string>& warnings = {})
{
    http::Headers headers;
    headers.add("Content-Type", contentType);
    headers.add("Cache-Control", "no-cache, private");
    for (const auto& warning : warnings)
        headers.add("Warning", quotedWarning(warning));
    return headers;
}

std::string encode(const Value& value, const AcceptedForm& form)
{
    if (form.encoding == Encoding::Yaml)
        return api::toYaml(value);
    return form.pretty ? api::toPrettyJson(value) : api::toJson(value);
}

std::string_view contentTypeOf(const AcceptedForm& form)
{
    return form.encoding == Encoding::Yaml ? "application/yaml" : kJson;
}

Value listMetadata(const ListAnswer& list)
{
    auto metadata = Value::object({{"resourceVersion", std::to_string(list.revision)}});
    if (!list.continueToken.empty())
        metadata.set("continue", list.continueToken);
    if (list.remaining)
        metadata.set("remainingItemCount", *list.remaining);
    return metadata;
}

Bytes itemBytes(const api::KindDescription& kind, const ObjectPointer& object, const ResponseForm& form, WallTime now)
{
    if (form.accepted.form == Form::Object && !kind.storedAs)
        return object->json();
    auto value = api::fromStored(kind, object->value());
    if (form.accepted.form == Form::PartialMetadata)
        value = partialMetadata(value);
    if (form.accepted.form == Form::Table)
        value = api::tableRow(kind, value, form.tableObjects, now);
    return Bytes(api::toJson(value));
}

// A list without its items: what stands before and behind them.
std::pair<std::string, std::string> listFrame(const api::KindDescription& kind, const ListAnswer& list, Form form)
{
    Value frame = Value::object();
    if (form == Form::Table) {
        frame = api::makeTable(kind, {}, api::IncludeObject::None, listMetadata(list), {});
        frame.erase("rows");
    } else {
        frame.set("kind", form == Form::PartialMetadata ? "PartialObjectMetadataList" : kind.listKind);
        frame.set("apiVersion", form == Form::PartialMetadata ? "meta.k8s.io/v1" : kind.apiVersion());
        frame.set("metadata", listMetadata(list));
    }
    auto text = api::toJson(frame);
    text.pop_back();
    return {text + (form == Form::Table ? ",\"rows\":[" : ",\"items\":["), "]}\n"};
}

} // namespace

Value partialMetadata(const Value& object)
{
    return Value::object({{"kind", "PartialObjectMetadata"}, {"apiVersion", "meta.k8s.io/v1"}, {"metadata", object.get("metadata")}});
}

api::ApiResult<ResponseForm> responseFormOf(const http::Request& request, const http::Query& query, bool tablesAndMetadata)
{
    auto accepted = negotiate(request.headers.get("Accept"), tablesAndMetadata);
    if (!accepted)
        return api::ApiFailure(api::notAcceptable("only the following media types are accepted: application/json, application/yaml"));
    ResponseForm form{*accepted};
    auto pretty = query.get("pretty");
    form.accepted.pretty = form.accepted.pretty || pretty == "true" || pretty == "1";
    auto include = query.get("includeObject");
    if (include == "None")
        form.tableObjects = api::IncludeObject::None;
    if (include == "Object")
        form.tableObjects = api::IncludeObject::Object;
    return form;
}

Task<void> respondText(http::Exchange& exchange, int code, std::string text, std::string contentType)
{
    co_await exchange.respond(code, headersFor(contentType), Bytes(std::move(text)));
}

Task<void> respondStatus(http::Exchange& exchange, const api::StatusError& error)
{
    auto headers = headersFor(kJson);
    if (error.retryAfterSeconds > 0)
        headers.add("Retry-After", std::to_string(error.retryAfterSeconds));
    if (error.code == 401)
        headers.add("WWW-Authenticate", "Bearer realm=\"kubernetes\"");
    Bytes body(api::toJson(error.toValue()) + "\n");
    co_await exchange.respond(error.code, std::move(headers), std::move(body));
}

Task<void> respondValue(http::Exchange& exchange, int code, Value value, ResponseForm form)
{
    Bytes body(encode(value, form.accepted) + "\n");
    co_await exchange.respond(code, headersFor(contentTypeOf(form.accepted), form.warnings), std::move(body));
}

Task<void> respondAnswer(Loop& loop, http::Exchange& exchange, const ResourceRequest& request, Answer answer, ResponseForm form)
{
    bool asItIs = answer.cached && form.accepted.form == Form::Object && form.accepted.encoding == Encoding::Json && !form.accepted.pretty;
    if (asItIs) {
        co_await exchange.respond(answer.code, headersFor(kJson, form.warnings), answer.cached->json());
        co_return;
    }
    bool isObject = answer.value.str("kind") == request.kind->kind;
    auto value = std::move(answer.value);
    if (isObject && form.accepted.form == Form::PartialMetadata)
        value = partialMetadata(value);
    if (isObject && form.accepted.form == Form::Table) {
        auto metadata = Value::object({{"resourceVersion", value.get("metadata", "resourceVersion")}});
        value = api::makeTable(*request.kind, std::span(&value, 1), form.tableObjects, metadata, loop.wallTime());
    }
    co_await respondValue(exchange, answer.code, std::move(value), std::move(form));
}

Task<void> respondList(Loop& loop, http::Exchange& exchange, const ResourceRequest& request, ListAnswer list, ResponseForm form)
{
    static const Bytes comma(",");
    const auto& kind = *request.kind;
    auto [head, tail] = listFrame(kind, list, form.accepted.form);
    if (form.accepted.encoding == Encoding::Yaml || form.accepted.pretty) {
        // For people: small, and made whole.
        auto text = head;
        for (std::size_t i = 0; i < list.items.size(); ++i)
            text.append(i == 0 ? "" : ",").append(itemBytes(kind, list.items[i], form, loop.wallTime()).view());
        auto whole = api::parseJson(text + tail, {.bytesMax = SIZE_MAX, .nodesMax = SIZE_MAX});
        Value value;
        if (whole)
            value = std::move(*whole);
        co_await respondValue(exchange, 200, std::move(value), std::move(form));
        co_return;
    }
    BodyWriter body(loop, exchange, 200, headersFor(kJson, form.warnings));
    body.add(std::move(head));
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        if (i != 0)
            body.add(comma);
        body.add(itemBytes(kind, list.items[i], form, loop.wallTime()));
        if (!body.due())
            continue;
        bool alive = co_await body.flush();
        if (!alive)
            co_return;
    }
    body.add(std::move(tail));
    co_await body.finish();
}

} // namespace kates::apiserver
