// Descriptions as OpenAPI schemas. Internal to openapi*.cpp.
#pragma once

#include <set>

#include "engine/api/schema.h"

namespace kates::api::openapi {

enum class Version { V2, V3 };

// "io.k8s.api.apps.v1.Deployment": Go's package path of built-in kinds, the reversed group of others.
[[nodiscard]] std::string definitionName(std::string_view groupVersion, std::string_view type);
[[nodiscard]] Value referenceTo(Version version, std::string_view definition); // {"$ref": …}

// The definitions of types and all that they use, by name.
class Definitions {
public:
    explicit Definitions(Version version) : m_version(version) {}
    // Returns the type's definition name. Kinds are marked with their group, version and kind.
    std::string add(const TypeDescription& type);
    std::string addKind(const KindDescription& kind);
    std::string addList(const KindDescription& kind, const TypeDescription& listMeta);
    void addMark(const std::string& definition, std::string_view group, std::string_view version, std::string_view kind);
    Value take(); // an object of all, sorted by name

private:
    Value schemaOf(const TypeDescription& type);
    Value propertyOf(const Field& field);
    Value valueOf(const Field& field);
    std::string addScalar(const Field& field);

    Version m_version;
    std::map<std::string, Value> m_definitions;
};

} // namespace kates::api::openapi
