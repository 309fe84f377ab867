// Reads the schema language of resources/schemas (described in its README.md) into descriptions.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/schema.h"

namespace kates::api {

struct SchemaFile {
    std::string_view name; // "apps/v1.schema", for errors
    std::string_view text;
};

struct SchemaSet {
    std::vector<std::shared_ptr<const KindDescription>> kinds; // in the order of the files
    std::vector<std::shared_ptr<const TypeDescription>> types;
};

// Files may refer to each other's types in any order. The error names file and line, or the type and field whose type is not described.
[[nodiscard]] Result<SchemaSet> parseSchemas(std::span<const SchemaFile> files);

// The files compiled into the binary, in discovery order; they live as long as the process.
[[nodiscard]] std::span<const SchemaFile> embeddedKubernetesSchemas();
[[nodiscard]] std::span<const SchemaFile> embeddedEngineSchemas();

} // namespace kates::api
