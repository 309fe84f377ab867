#include <charconv>

#include <fmt/format.h>

#include "engine/api/json.h"
#include "engine/api/schema_declarations.h"

namespace kates::api::schema {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

template <typename Number>
bool parseNumber(std::string_view text, Number& number)
{
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size();
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

// [*|[]|map[string]]Name[!|+]
void parseType(std::string_view text, Field& field)
{
    if (text.ends_with('!'))
        field.required = true;
    else if (text.ends_with('+'))
        field.alwaysPresent = true;
    if (field.required || field.alwaysPresent)
        text.remove_suffix(1);
    constexpr std::string_view kMap = "map[string]";
    if (text.starts_with('*')) {
        field.pointer = true;
        text.remove_prefix(1);
    } else if (text.starts_with("[]")) {
        field.shape = Field::Shape::List;
        text.remove_prefix(2);
    } else if (text.starts_with(kMap)) {
        field.shape = Field::Shape::Map;
        text.remove_prefix(kMap.size());
    }
    field.typeName = text;
}

bool parseLimit(std::string_view text, std::optional<double>& limit)
{
    std::int64_t number = 0;
    if (!parseNumber(text, number))
        return false;
    limit = static_cast<double>(number);
    return true;
}

bool parseWhen(std::string_view text, Field& field)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
        return false;
    field.defaultWhenField = text.substr(0, colon);
    field.defaultWhenValues = split(text.substr(colon + 1), '|');
    return true;
}

bool parseDefault(std::string_view text, Field& field)
{
    auto value = parseJson(text);
    if (value)
        field.defaultValue = std::move(*value);
    return value.has_value();
}

bool parseAttribute(std::string_view word, Field& field)
{
    const std::size_t equals = std::min(word.find('='), word.size());
    const std::string_view name = word.substr(0, equals);
    const std::string_view value = equals < word.size() ? word.substr(equals + 1) : std::string_view();
    if (name == "map") {
        field.listType = Field::ListType::Map;
        field.listMapKeys = split(value, ',');
    } else if (name == "set") {
        field.listType = Field::ListType::Set;
    } else if (name == "duplicates") {
        field.duplicatesAllowed = true;
    } else if (name == "merge") {
        field.patchMerge = true;
        field.patchMergeKey = value;
    } else if (name == "retainKeys") {
        field.patchRetainKeys = true;
    } else if (name == "replace") {
        field.patchReplace = true;
    } else if (name == "atomic") {
        field.atomicStruct = true;
    } else if (name == "default") {
        return parseDefault(value, field);
    } else if (name == "when") {
        return parseWhen(value, field);
    } else if (name == "min") {
        return parseLimit(value, field.minimum);
    } else if (name == "max") {
        return parseLimit(value, field.maximum);
    } else if (name == "pattern") {
        field.pattern = unquote(value);
    } else if (name == "enum") {
        field.enumValues = split(value, '|');
    } else {
        return false;
    }
    return true;
}

Result<void> parseSubresource(KindDescription& kind, const Line& line)
{
    const auto& words = line.words;
    const std::size_t dot = words.size() > 3 ? words[2].rfind('.') : std::string_view::npos;
    if (dot == std::string_view::npos)
        return failure("subresource needs a name, groupVersion.Kind and verbs");
    Subresource subresource;
    subresource.name = words[1];
    splitGroupVersion(words[2].substr(0, dot), subresource.group, subresource.version);
    subresource.kind = words[2].substr(dot + 1);
    subresource.verbs.assign(words.begin() + 3, words.end());
    kind.subresources.push_back(std::move(subresource));
    return {};
}

Result<void> parseColumn(KindDescription& kind, const Line& line)
{
    const auto& words = line.words;
    if (words.size() != 5)
        return failure("column needs a name, a type, a priority and a source");
    PrinterColumn column;
    column.name = unquote(words[1]);
    column.type = words[2];
    if (!parseNumber(words[3], column.priority))
        return failure("the priority of a column is a number");
    const std::string_view source = unquote(words[4]);
    const std::size_t fallback = std::min(source.find(":-"), source.size());
    column.jsonPath = source.substr(0, fallback);
    column.fallback = source.substr(std::min(fallback + 2, source.size()));
    column.format = column.name == "Name" ? "name" : "";
    column.description = line.description;
    kind.columns.push_back(std::move(column));
    return {};
}

Result<void> parseStoredAs(KindDescription& kind, const Line& line)
{
    const auto& words = line.words;
    const std::size_t dot = words.size() == 2 ? words[1].rfind('.') : std::string_view::npos;
    if (dot == std::string_view::npos)
        return failure("stored-as needs groupVersion.Kind");
    StoredAs stored;
    splitGroupVersion(words[1].substr(0, dot), stored.group, stored.version);
    stored.kind = words[1].substr(dot + 1);
    kind.storedAs = std::move(stored);
    return {};
}

Result<void> parseRenames(KindDescription& kind, const Line& line)
{
    if (!kind.storedAs)
        return failure("rename follows stored-as");
    for (std::size_t i = 1; i < line.words.size(); ++i) {
        const std::string_view word = line.words[i];
        const std::size_t equals = word.find('=');
        if (equals == std::string_view::npos)
            return failure("a rename is written here=there");
        kind.storedAs->renames.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    }
    return {};
}

} // namespace

bool splitLine(std::string_view text, Line& line)
{
    line.words.clear();
    line.description = {};
    line.indented = !text.empty() && isSpace(text[0]);
    std::size_t at = 0;
    while (true) {
        while (at < text.size() && isSpace(text[at]))
            ++at;
        if (at == text.size() || text.substr(at, 2) == "# " || text.substr(at) == "#")
            return true;
        const std::size_t begin = at;
        bool quoted = false;
        for (; at < text.size() && (quoted || !isSpace(text[at])); ++at) {
            if (quoted && text[at] == '\\' && at + 1 < text.size())
                ++at;
            else if (text[at] == '"')
                quoted = !quoted;
        }
        if (quoted)
            return false;
        const std::string_view word = text.substr(begin, at - begin);
        if (word == "--") {
            line.description = text.substr(std::min(at + 1, text.size()));
            return true;
        }
        line.words.push_back(word);
    }
}

std::string_view unquote(std::string_view word)
{
    return word.size() >= 2 && word.front() == '"' && word.back() == '"' ? word.substr(1, word.size() - 2) : word;
}

void splitGroupVersion(std::string_view groupVersion, std::string& group, std::string& version)
{
    const std::size_t slash = groupVersion.find('/');
    group = slash == std::string_view::npos ? std::string_view() : groupVersion.substr(0, slash);
    version = slash == std::string_view::npos ? groupVersion : groupVersion.substr(slash + 1);
}

Result<Field> parseField(const Line& line)
{
    const auto& words = line.words;
    Field field;
    if (words.size() < 3 || !parseNumber(words[1], field.protobufTag))
        return failure("a field is written: name tag type attributes…");
    field.name = words[0];
    field.description = line.description;
    parseType(words[2], field);
    for (std::size_t i = 3; i < words.size(); ++i) {
        if (!parseAttribute(words[i], field))
            return failure(fmt::format("unknown or malformed attribute \"{}\"", words[i]));
    }
    return field;
}

Result<void> parseKindLine(KindDescription& kind, const Line& line)
{
    const auto& words = line.words;
    const auto assign = [&](std::vector<std::string>& list) { list.assign(words.begin() + 1, words.end()); };
    const auto append = [&](std::vector<std::string>& list) { list.insert(list.end(), words.begin() + 1, words.end()); };
    if (words[0] == "categories") {
        assign(kind.categories);
    } else if (words[0] == "cluster") {
        kind.namespaced = false;
    } else if (words[0] == "virtual") {
        kind.virtualKind = true;
        kind.bumpsGeneration = false;
        kind.verbs = {"create"};
    } else if (words[0] == "no-generation") {
        kind.bumpsGeneration = false;
    } else if (words[0] == "verbs") {
        assign(kind.verbs);
    } else if (words[0] == "select") {
        append(kind.selectableFields);
    } else if (words[0] == "status") {
        kind.hasStatus = true;
        kind.subresources.push_back({"status", kind.group, kind.version, kind.kind, {"get", "patch", "update"}});
    } else if (words[0] == "subresource") {
        return parseSubresource(kind, line);
    } else if (words[0] == "column") {
        return parseColumn(kind, line);
    } else if (words[0] == "stored-as") {
        return parseStoredAs(kind, line);
    } else if (words[0] == "rename") {
        return parseRenames(kind, line);
    } else {
        return failure(fmt::format("unknown property \"{}\" of a kind", words[0]));
    }
    return {};
}

} // namespace kates::api::schema
