#include "engine/api/openapi.h"

#include <fmt/format.h>

#include "engine/api/json.h"
#include "engine/api/openapi_paths.h"
#include "engine/api/schema_parser.h"

namespace kates::api {

using namespace openapi;

namespace {

std::uint64_t hashOf(std::string_view text, std::uint64_t seed = 14695981039346656037u)
{
    for (const char c : text)
        seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211u; // FNV-1a: it only has to change when the text does
    return seed;
}

std::string pathOf(const KindDescription& kind)
{
    return kind.group.empty() ? "api/" + kind.version : "apis/" + kind.apiVersion();
}

// Custom kinds bring their own types; built-in ones are the same for the life of the program.
bool isCustom(const Scheme& scheme, std::string_view path)
{
    for (const auto& kind : scheme.kinds()) {
        if (kind->typeOwner && pathOf(*kind) == path)
            return true;
    }
    return false;
}

Value buildDocument(const Scheme& scheme, std::string_view path, const std::string& version)
{
    Definitions definitions(Version::V3);
    Value paths = Value::object();
    for (const auto& kind : scheme.kinds()) {
        if (pathOf(*kind) == path)
            addPaths(scheme, *kind, definitions, paths);
    }
    if (paths.size() == 0)
        return {};
    return Value::object({{"openapi", "3.0.0"},
        {"info", Value::object({{"title", "Kubernetes"}, {"version", version}})},
        {"paths", std::move(paths)},
        {"components", Value::object({{"schemas", definitions.take()}})}});
}

} // namespace

OpenApi::OpenApi(std::shared_ptr<const Scheme> scheme, std::string version)
    : m_scheme(std::move(scheme))
    , m_version(std::move(version))
    , m_generation(m_scheme->generation())
{
}

void OpenApi::followScheme()
{
    if (m_generation == m_scheme->generation())
        return;
    m_generation = m_scheme->generation();
    m_index = {};
    m_version2 = {};
    m_documents.clear();
}

const std::string& OpenApi::builtinHash()
{
    if (m_builtinHash.empty()) {
        std::uint64_t hash = hashOf(m_version);
        for (const auto files : {embeddedKubernetesSchemas(), embeddedEngineSchemas()}) {
            for (const SchemaFile& file : files)
                hash = hashOf(file.text, hash);
        }
        m_builtinHash = fmt::format("{:016X}", hash);
    }
    return m_builtinHash;
}

std::string OpenApi::hash(std::string_view path)
{
    followScheme();
    if (!isCustom(*m_scheme, path))
        return fmt::format("{}{:08X}", builtinHash(), hashOf(path) & 0xffffffffu);
    const auto bytes = document(path);
    return bytes ? fmt::format("{:016X}", hashOf(bytes->view())) : std::string();
}

Bytes OpenApi::index()
{
    followScheme();
    if (m_index.empty()) {
        Value paths = Value::object();
        for (const auto& kind : m_scheme->kinds()) {
            const std::string path = pathOf(*kind);
            if (!paths.has(path))
                paths.set(path, Value::object({{"serverRelativeURL", fmt::format("/openapi/v3/{}?hash={}", path, hash(path))}}));
        }
        m_index = Bytes(toJson(Value::object({{"paths", std::move(paths)}})));
    }
    return m_index;
}

std::optional<Bytes> OpenApi::document(std::string_view path)
{
    followScheme();
    if (const auto found = m_documents.find(path); found != m_documents.end())
        return found->second;
    const Value built = buildDocument(*m_scheme, path, m_version);
    if (built.isNull())
        return {};
    return m_documents.emplace(path, Bytes(toJson(built))).first->second;
}

Bytes OpenApi::version2()
{
    followScheme();
    if (m_version2.empty()) {
        Definitions definitions(Version::V2);
        for (const auto& kind : m_scheme->kinds())
            definitions.addKind(*kind);
        m_version2 = Bytes(toJson(Value::object({{"swagger", "2.0"},
            {"info", Value::object({{"title", "Kubernetes"}, {"version", m_version}})},
            {"paths", Value::object()},
            {"definitions", definitions.take()}})));
    }
    return m_version2;
}

} // namespace kates::api
