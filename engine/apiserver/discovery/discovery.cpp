#include "engine/apiserver/discovery/discovery.h"

#include "engine/api/discovery.h"
#include "engine/api/json.h"
#include "engine/apiserver/request/accept.h"
#include "engine/apiserver/respond/respond.h"

namespace kates::apiserver {

namespace {

constexpr std::string_view kAggregatedType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
constexpr std::string_view kOpenApi3 = "/openapi/v3";
constexpr std::string_view kOpenApi2Protobuf = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

// Version 2 as gnostic's openapi.v2.Document with no definitions: kubectl asks for it when version 3 does not know a kind, and then takes what is not
// described for not to be checked. Fields: 1 swagger, 2 info {1 title, 2 version}, 8 paths.
Bytes emptyOpenApi2()
{
    return Bytes(std::string("\x0a\x03" "2.0" "\x12\x13\x0a\x0aKubernetes\x12\x05v1.35\x42\x00", 28));
}

// The first range that can be served decides: aggregated or plain.
bool wantsAggregated(std::string_view accept)
{
    for (const auto& range : parseAccept(accept)) {
        if (range.parameter("as") == "APIGroupDiscoveryList" && range.parameter("g") == "apidiscovery.k8s.io" && range.parameter("v") == "v2")
            return true;
        if (range.parameters.empty() && (range.type == "application/json" || range.type == "*/*"))
            return false;
    }
    return false;
}

bool takesJson(std::string_view accept)
{
    auto ranges = parseAccept(accept);
    auto json = [](const auto& range) { return range.type == "application/json" || range.type == "*/*" || range.type == "application/*"; };
    return ranges.empty() || std::any_of(ranges.begin(), ranges.end(), json);
}

std::vector<std::string> partsOf(std::string_view path)
{
    std::vector<std::string> parts;
    while (!path.empty()) {
        auto slash = path.find('/');
        if (slash != 0)
            parts.emplace_back(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return parts;
}

} // namespace

Discovery::Discovery(std::shared_ptr<api::Scheme> scheme, std::string serverAddress, const std::string& gitVersion)
    : m_scheme(std::move(scheme)), m_serverAddress(std::move(serverAddress)), m_openApi(m_scheme, gitVersion)
{
}

Bytes Discovery::keep(const std::string& key, const std::function<api::Value()>& make)
{
    if (m_generation != m_scheme->generation())
        m_kept.clear();
    m_generation = m_scheme->generation();
    auto found = m_kept.find(key);
    if (found != m_kept.end())
        return found->second;
    auto value = make();
    if (value.isNull())
        return {};
    return m_kept[key] = Bytes(api::toJson(value) + "\n");
}

api::Value Discovery::paths() const
{
    auto paths = api::Value::array({"/api", "/api/v1", "/apis"});
    for (const auto& [group, versions] : m_scheme->groups()) {
        if (group.empty())
            continue;
        paths.push("/apis/" + group);
        for (const auto& version : versions)
            paths.push("/apis/" + group + "/" + version);
    }
    for (auto path : {"/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz", "/version"})
        paths.push(path);
    return api::Value::object({{"paths", std::move(paths)}});
}

std::optional<Discovery::Document> Discovery::discoveryDocument(const std::string& path, bool aggregated)
{
    auto parts = partsOf(path);
    bool core = !parts.empty() && parts[0] == "api", others = !parts.empty() && parts[0] == "apis";
    if (!core && !others)
        return std::nullopt;
    Bytes body;
    bool root = parts.size() == 1;
    if (root && aggregated)
        body = keep(
            "aggregated" + path, [&] { return api::aggregatedDiscovery(*m_scheme, core ? api::DiscoveryRoot::Api : api::DiscoveryRoot::Apis); });
    else if (root)
        body = keep(path, [&] { return core ? api::apiVersions(m_serverAddress) : api::apiGroupList(*m_scheme); });
    else if (parts.size() == 2)
        body = keep(path, [&] { return core ? api::apiResourceList(*m_scheme, "", parts[1]) : api::apiGroup(*m_scheme, parts[1]); });
    else if (parts.size() == 3 && others)
        body = keep(path, [&] { return api::apiResourceList(*m_scheme, parts[1], parts[2]); });
    if (body.empty())
        return std::nullopt;
    return Document{std::string(root && aggregated ? kAggregatedType : "application/json"), std::move(body), {}};
}

std::optional<Discovery::Document> Discovery::openApiDocument(const std::string& path, bool protobuf)
{
    if (path == "/openapi/v2")
        return protobuf ? Document{"application/com.github.proto-openapi.spec.v2.v1.0+protobuf", emptyOpenApi2(), {}}
                        : Document{"application/json", m_openApi.version2(), {}};
    if (path == kOpenApi3 || path == "/openapi/v3/")
        return Document{"application/json", m_openApi.index(), {}};
    auto part = path.substr(kOpenApi3.size() + 1);
    auto document = m_openApi.document(part);
    if (!document)
        return std::nullopt;
    return Document{"application/json", std::move(*document), "\"" + m_openApi.hash(part) + "\""};
}

Task<bool> Discovery::serve(http::Exchange& exchange, std::string path)
{
    auto accept = exchange.request().headers.get("Accept");
    bool openApi = path == "/openapi/v2" || path == kOpenApi3 || path.starts_with("/openapi/v3/");
    const bool protobuf = path == "/openapi/v2" && accept.find(kOpenApi2Protobuf) != std::string_view::npos;
    if (openApi && !protobuf && !takesJson(accept)) {
        auto error = api::notAcceptable("OpenAPI documents are given as application/json only");
        co_await respondStatus(exchange, error);
        co_return true;
    }
    auto document = openApi ? openApiDocument(path, protobuf) : discoveryDocument(path, wantsAggregated(accept));
    if (!document)
        co_return false;
    http::Headers headers;
    headers.add("Content-Type", document->contentType);
    headers.add("Vary", "Accept");
    if (!document->etag.empty())
        headers.add("Etag", document->etag);
    bool unchanged = !document->etag.empty() && exchange.request().headers.get("If-None-Match") == document->etag;
    Bytes body = unchanged ? Bytes() : document->body;
    co_await exchange.respond(unchanged ? 304 : 200, std::move(headers), std::move(body));
    co_return true;
}

} // namespace kates::apiserver
