#include "engine/api/schema_parser.h"

#include <fmt/format.h>

#include "engine/api/schema_declarations.h"

namespace kates::api {

using namespace schema;

namespace {

class FileParser {
public:
    FileParser(const SchemaFile& file, Declarations& out)
        : m_file(file)
        , m_out(out)
    {
    }

    Result<void> parse()
    {
        std::string_view rest = m_file.text;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            ++m_line.number;
            if (!splitLine(rest.substr(0, end), m_line))
                return error("a quote is not closed");
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (m_line.words.empty()) {
                describe();
                continue;
            }
            if (auto done = m_line.indented ? parseInner() : parseOuter(); !done)
                return error(done.error().message);
        }
        return {};
    }

private:
    tl::unexpected<Error> error(const std::string& message) const { return failure(fmt::format("{}:{}: {}", m_file.name, m_line.number, message)); }

    // A line that is only a description belongs to what stands above it.
    void describe()
    {
        if (m_line.description.empty() || !m_type)
            return;
        TypeDescription& type = *m_type->type;
        (type.fields.empty() ? type.description : type.fields.back().description) = m_line.description;
    }

    Result<void> parseOuter()
    {
        const auto& words = m_line.words;
        m_kind = nullptr;
        m_type = nullptr;
        if (words.size() < 2)
            return failure("a declaration needs a name");
        if (words[0] == "version") {
            m_groupVersion = words[1];
        } else if (m_groupVersion.empty()) {
            return failure("\"version\" must come first");
        } else if (words[0] == "kind" && words.size() >= 3) {
            beginKind();
        } else if (words[0] == "enum") {
            auto& values = m_out.enums[m_groupVersion + "." + std::string(words[1])];
            for (std::size_t i = 2; i < words.size(); ++i)
                values.emplace_back(unquote(words[i]));
        } else if (words[0] == "type") {
            auto type = std::make_shared<TypeDescription>();
            type->name = words[1];
            type->groupVersion = m_groupVersion;
            type->description = m_line.description;
            type->preserveUnknown = words.size() > 2 && words[2] == "preserve-unknown";
            type->atomic = words.size() > 2 && words[2] == "atomic";
            m_out.types.push_back({std::move(type), {}, false});
            m_type = &m_out.types.back();
        } else {
            return failure(fmt::format("unknown declaration \"{}\"", words[0]));
        }
        return {};
    }

    void beginKind()
    {
        auto kind = std::make_shared<KindDescription>();
        splitGroupVersion(m_groupVersion, kind->group, kind->version);
        kind->kind = m_line.words[1];
        kind->listKind = kind->kind + "List";
        kind->plural = m_line.words[2];
        for (const char c : kind->kind)
            kind->singular += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        for (std::size_t i = 3; i < m_line.words.size(); ++i)
            kind->shortNames.emplace_back(m_line.words[i]);
        kind->verbs = {"create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"};
        m_kind = kind.get();
        m_out.kinds.push_back(std::move(kind));
    }

    Result<void> parseInner()
    {
        if (m_kind)
            return parseKindLine(*m_kind, m_line);
        if (!m_type)
            return failure("this line belongs to nothing");
        const auto& words = m_line.words;
        auto& fields = m_type->type->fields;
        if (words[0] == "include" && words.size() >= 2) {
            const int tag = words.size() == 4 ? std::atoi(std::string(words[3]).c_str()) : 0;
            m_type->includes.push_back({fields.size(), std::string(words[1]), tag});
            return {};
        }
        auto field = parseField(m_line);
        if (!field)
            return tl::unexpected(field.error());
        fields.push_back(std::move(*field));
        return {};
    }

    const SchemaFile& m_file;
    Declarations& m_out;
    Line m_line;
    std::string m_groupVersion;
    KindDescription* m_kind = nullptr;
    DeclaredType* m_type = nullptr;
};

} // namespace

Result<SchemaSet> parseSchemas(std::span<const SchemaFile> files)
{
    Declarations declarations;
    for (const SchemaFile& file : files) {
        if (auto parsed = FileParser(file, declarations).parse(); !parsed)
            return tl::unexpected(parsed.error());
    }
    return link(std::move(declarations));
}

} // namespace kates::api
