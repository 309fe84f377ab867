// From the JSON schema of a CustomResourceDefinition to a description, so that pruning, defaults, validation, server-side apply, OpenAPI and tables
// work for custom resources as for built-in kinds.
//
// Not carried over: length and count limits, multipleOf, allOf/anyOf/oneOf/not and CEL rules (x-kubernetes-validations). What a description cannot
// express (lists of lists, maps of lists) is kept as it is, unchecked.
#pragma once

#include <memory>
#include <vector>

#include "engine/api/schema.h"

namespace kates::apiserver {

// Owns the types that it makes; a KindDescription's typeOwner.
class StructuralSchema {
public:
    // `schema`: openAPIV3Schema. The root has apiVersion, kind and `metadata` (meta/v1 ObjectMeta) whatever the schema says of them.
    StructuralSchema(const api::Value& schema, const std::string& kind, const std::string& groupVersion, const api::TypeDescription& metadata);
    const api::TypeDescription& root() const { return *m_root; }

private:
    api::TypeDescription* makeType(const api::Value& schema, const std::string& name, int depth);
    void addFields(api::TypeDescription& type, const api::Value& schema, int depth);
    api::Field makeField(const std::string& name, const api::Value& schema, const std::string& typeName, int depth);
    void setItem(api::Field& field, const api::Value& schema, const std::string& typeName, int depth);

    std::string m_groupVersion;
    std::vector<std::unique_ptr<api::TypeDescription>> m_types;
    const api::TypeDescription* m_root = nullptr;
};

} // namespace kates::apiserver
