#include "engine/api/openapi_paths.h"

#include <fmt/format.h>

namespace kates::api::openapi {

namespace {

struct Parameter {
    std::string_view name;
    std::string_view type;
};

constexpr Parameter kWriteParameters[] {{"dryRun", "string"}, {"fieldManager", "string"}, {"fieldValidation", "string"}};
constexpr Parameter kDeleteParameters[] {
    {"dryRun", "string"}, {"gracePeriodSeconds", "integer"}, {"orphanDependents", "boolean"}, {"propagationPolicy", "string"}};
constexpr Parameter kListParameters[] {{"allowWatchBookmarks", "boolean"}, {"continue", "string"}, {"fieldSelector", "string"},
    {"labelSelector", "string"}, {"limit", "integer"}, {"resourceVersion", "string"}, {"resourceVersionMatch", "string"},
    {"sendInitialEvents", "boolean"}, {"timeoutSeconds", "integer"}, {"watch", "boolean"}};
constexpr Parameter kForce[] {{"force", "boolean"}};
constexpr std::string_view kPatchTypes[] {"application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json"};
constexpr std::string_view kStrategicPatch = "application/strategic-merge-patch+json"; // not for custom resources, which have no merge keys

Value parameter(std::string_view in, const Parameter& parameter)
{
    const Value schema = Value::object({{"type", parameter.type}, {"uniqueItems", true}});
    Value result = Value::object({{"name", parameter.name}, {"in", in}, {"schema", schema}});
    if (in == "path")
        result.set("required", true);
    return result;
}

Value content(std::string_view type, const Value& schema)
{
    return Value::object({{type, Value::object({{"schema", schema}})}});
}

class PathWriter {
public:
    PathWriter(const Scheme& scheme, const KindDescription& kind, Definitions& definitions, Value& paths)
        : m_kind(kind)
        , m_paths(paths)
        , m_object(referenceTo(Version::V3, definitions.addKind(kind)))
        , m_prefix(kind.group.empty() ? "/api/" + kind.version : "/apis/" + kind.apiVersion())
        , m_definitions(definitions)
        , m_scheme(scheme)
    {
        if (const TypeDescription* listMeta = scheme.type("meta/v1", "ListMeta"); listMeta && !kind.virtualKind)
            m_list = referenceTo(Version::V3, definitions.addList(kind, *listMeta));
        if (const TypeDescription* type = scheme.type("meta/v1", "Status")) {
            const std::string name = definitions.add(*type);
            definitions.addMark(name, "", "v1", "Status");
            m_status = referenceTo(Version::V3, name);
        }
        if (const TypeDescription* type = scheme.type("meta/v1", "DeleteOptions")) {
            const std::string name = definitions.add(*type);
            definitions.addMark(name, "", "v1", "DeleteOptions");
            m_deleteOptions = referenceTo(Version::V3, name);
        }
    }

    void write()
    {
        const std::string collection = m_kind.namespaced ? m_prefix + "/namespaces/{namespace}/" + m_kind.plural : m_prefix + "/" + m_kind.plural;
        writeCollection(collection);
        if (m_kind.namespaced && m_kind.allows("list"))
            add(m_prefix + "/" + m_kind.plural, "get", operation("list", m_list, kListParameters));
        const std::string item = collection + "/{name}";
        writeItem(item);
        for (const Subresource& subresource : m_kind.subresources)
            writeSubresource(item + "/" + subresource.name, subresource);
    }

private:
    void writeCollection(const std::string& path)
    {
        if (m_kind.allows("list"))
            add(path, "get", operation("list", m_list, kListParameters));
        if (m_kind.allows("create"))
            add(path, "post", writing("post", m_object, kWriteParameters));
        if (m_kind.allows("deletecollection"))
            add(path, "delete", withBody(operation("deletecollection", m_status, kDeleteParameters), m_deleteOptions));
    }

    void writeItem(const std::string& path)
    {
        if (m_kind.allows("get"))
            add(path, "get", operation("get", m_object, {}));
        if (m_kind.allows("update"))
            add(path, "put", writing("put", m_object, kWriteParameters));
        if (m_kind.allows("patch"))
            add(path, "patch", patching(m_object));
        if (m_kind.allows("delete"))
            add(path, "delete", withBody(operation("delete", m_status, kDeleteParameters), m_deleteOptions));
    }

    void writeSubresource(const std::string& path, const Subresource& subresource)
    {
        const std::string groupVersion = subresource.group.empty() ? subresource.version : subresource.group + "/" + subresource.version;
        const TypeDescription* type = m_scheme.type(groupVersion, subresource.kind);
        if (!type)
            return;
        const Value schema = referenceTo(Version::V3, m_definitions.add(*type));
        for (const std::string& verb : subresource.verbs) {
            Value described;
            std::string_view method = verb;
            if (verb == "get") {
                described = operation("get", schema, {});
            } else if (verb == "patch") {
                described = patching(schema);
            } else if (verb == "delete") {
                described = operation("delete", schema, kDeleteParameters);
            } else {
                method = verb == "update" ? "put" : "post";
                described = writing(method, schema, kWriteParameters);
            }
            described.set("x-kubernetes-group-version-kind",
                Value::object({{"group", subresource.group}, {"version", subresource.version}, {"kind", subresource.kind}}));
            add(path, method, std::move(described));
        }
    }

    Value operation(std::string_view action, const Value& answer, std::span<const Parameter> parameters) const
    {
        std::vector<Value> list;
        for (const Parameter& each : parameters)
            list.push_back(parameter("query", each));
        return Value::object({{"tags", Value::array({Value(m_kind.apiVersion())})},
            {"parameters", Value::array(std::move(list))},
            {"responses", Value::object({{"200", Value::object({{"description", "OK"}, {"content", content("application/json", answer)}})}})},
            {"x-kubernetes-action", action},
            {"x-kubernetes-group-version-kind",
                Value::object({{"group", m_kind.group}, {"version", m_kind.version}, {"kind", m_kind.kind}})}});
    }

    static Value withBody(Value described, const Value& schema)
    {
        described.set("requestBody", Value::object({{"content", content("application/json", schema)}}));
        return described;
    }

    Value writing(std::string_view action, const Value& schema, std::span<const Parameter> parameters) const
    {
        return withBody(operation(action, schema, parameters), schema);
    }

    Value patching(const Value& schema) const
    {
        Value described = operation("patch", schema, kWriteParameters);
        described.edit("parameters").push(parameter("query", kForce[0]));
        Value types = Value::object();
        for (const std::string_view type : kPatchTypes)
            types.set(type, Value::object({{"schema", Value::object({{"type", "object"}})}}));
        if (!m_kind.typeOwner)
            types.set(kStrategicPatch, Value::object({{"schema", Value::object({{"type", "object"}})}}));
        described.set("requestBody", Value::object({{"content", types}}));
        return described;
    }

    void add(const std::string& path, std::string_view method, Value described)
    {
        described.set("operationId", fmt::format("{}{}", method, path));
        Value& item = m_paths.edit(path);
        if (!item.has("parameters")) {
            Value parameters = Value::array(std::vector<Value>());
            for (const std::string_view name : {"name", "namespace"}) {
                if (path.find(fmt::format("{{{}}}", name)) != std::string::npos)
                    parameters.push(parameter("path", {name, "string"}));
            }
            parameters.push(parameter("query", {"pretty", "string"}));
            item.set("parameters", std::move(parameters));
        }
        item.set(method, std::move(described));
    }

    const KindDescription& m_kind;
    Value& m_paths;
    Value m_object, m_list, m_status, m_deleteOptions;
    std::string m_prefix;
    Definitions& m_definitions;
    const Scheme& m_scheme;
};

} // namespace

void addPaths(const Scheme& scheme, const KindDescription& kind, Definitions& definitions, Value& paths)
{
    PathWriter(scheme, kind, definitions, paths).write();
}

} // namespace kates::api::openapi
