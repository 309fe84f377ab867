// What parsing a schema file gives before names are resolved. Internal to the schema parser and linker.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/schema_parser.h"

namespace kates::api::schema {

// Go's inlined struct: its fields stand here in JSON; in protobuf they stand in a message of this tag (0: here too).
struct Include {
    std::size_t position = 0; // before which field
    std::string typeName;
    int protobufTag = 0;
};

struct DeclaredType {
    std::shared_ptr<TypeDescription> type; // fields of kind Struct name their type in typeName, as written
    std::vector<Include> includes;
    bool expanded = false;
};

struct Declarations {
    std::vector<std::shared_ptr<KindDescription>> kinds;
    std::vector<DeclaredType> types;
    std::map<std::string, std::vector<std::string>, std::less<>> enums; // "v1.Protocol"
};

// One line of words; a part in double quotes holds spaces. What follows a word "--" is the description, of this line or (alone) of the one above.
struct Line {
    int number = 0;
    bool indented = false;
    std::vector<std::string_view> words;
    std::string_view description;
};
[[nodiscard]] bool splitLine(std::string_view text, Line& line); // false: an unclosed quote

// "name tag type attributes…" of a type.
[[nodiscard]] Result<Field> parseField(const Line& line);
// A line inside "kind": categories, cluster, subresource, column …
[[nodiscard]] Result<void> parseKindLine(KindDescription& kind, const Line& line);

[[nodiscard]] Result<SchemaSet> link(Declarations declarations);

// "apps/v1" to group and version; "v1" is the core group's.
void splitGroupVersion(std::string_view groupVersion, std::string& group, std::string& version);
std::string_view unquote(std::string_view word);

} // namespace kates::api::schema
