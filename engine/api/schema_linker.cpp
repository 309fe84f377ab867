#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include "engine/api/schema_declarations.h"

namespace kates::api::schema {

namespace {

constexpr std::array<std::pair<std::string_view, Field::Kind>, 12> kScalars {{
    {"string", Field::Kind::String},
    {"bool", Field::Kind::Bool},
    {"int32", Field::Kind::Int32},
    {"int64", Field::Kind::Int64},
    {"double", Field::Kind::Double},
    {"bytes", Field::Kind::Bytes},
    {"Time", Field::Kind::Time},
    {"MicroTime", Field::Kind::MicroTime},
    {"Duration", Field::Kind::Duration},
    {"Quantity", Field::Kind::Quantity},
    {"IntOrString", Field::Kind::IntOrString},
    {"any", Field::Kind::Anything},
}};

class Linker {
public:
    explicit Linker(Declarations& declarations)
        : m_declarations(declarations)
    {
    }

    Result<SchemaSet> run()
    {
        m_types.reserve(m_declarations.types.size());
        for (DeclaredType& declared : m_declarations.types) {
            const auto& type = *declared.type;
            if (!m_types.emplace(type.groupVersion + "." + type.name, &declared).second)
                return failure(fmt::format("type {} of {} is described twice", type.name, type.groupVersion));
        }
        for (DeclaredType& declared : m_declarations.types) {
            for (Field& field : declared.type->fields) {
                if (!resolve(*declared.type, field))
                    return failure(fmt::format("{}.{} of {}: type {} is not described", declared.type->name, field.name, declared.type->groupVersion,
                        field.typeName));
            }
        }
        SchemaSet set;
        for (DeclaredType& declared : m_declarations.types) {
            if (!expand(declared, 0))
                return failure(fmt::format("{} of {} includes a type that is not described, or itself", declared.type->name,
                    declared.type->groupVersion));
            declared.type->buildIndex();
            set.types.push_back(declared.type);
        }
        for (const auto& kind : m_declarations.kinds) {
            const DeclaredType* declared = find(kind->apiVersion(), kind->kind);
            if (!declared)
                return failure(fmt::format("kind {} of {} has no type", kind->kind, kind->apiVersion()));
            kind->type = declared->type.get();
            set.kinds.push_back(kind);
        }
        return set;
    }

private:
    // A name is local ("PodSpec") or says its group version ("meta/v1.ObjectMeta").
    static std::string fullName(std::string_view groupVersion, std::string_view name)
    {
        if (name.find('.') != std::string_view::npos)
            return std::string(name);
        std::string full(groupVersion);
        return full.append(".").append(name);
    }

    DeclaredType* find(std::string_view groupVersion, std::string_view name) const
    {
        const auto found = m_types.find(fullName(groupVersion, name));
        return found == m_types.end() ? nullptr : found->second;
    }

    bool resolve(const TypeDescription& owner, Field& field) const
    {
        for (const auto& [name, kind] : kScalars) {
            if (field.typeName == name) {
                field.kind = kind;
                return true;
            }
        }
        const std::string full = fullName(owner.groupVersion, field.typeName);
        if (const auto values = m_declarations.enums.find(full); values != m_declarations.enums.end()) {
            field.kind = Field::Kind::String;
            field.enumValues = values->second;
            return true;
        }
        const auto declared = m_types.find(full);
        if (declared == m_types.end())
            return false;
        field.kind = Field::Kind::Struct;
        field.type = declared->second->type.get();
        field.typeName = field.type->name;
        return true;
    }

    bool expand(DeclaredType& declared, int depth)
    {
        constexpr int kIncludeDepthMax = 8;
        if (declared.expanded)
            return true;
        if (depth > kIncludeDepthMax)
            return false;
        auto& fields = declared.type->fields;
        for (auto include = declared.includes.rbegin(); include != declared.includes.rend(); ++include) {
            DeclaredType* included = find(declared.type->groupVersion, include->typeName);
            if (!included || !expand(*included, depth + 1))
                return false;
            std::vector<Field> copies = included->type->fields;
            if (include->protobufTag != 0) {
                for (Field& copy : copies)
                    copy.protobufPath.insert(copy.protobufPath.begin(), include->protobufTag);
            }
            fields.insert(fields.begin() + static_cast<std::ptrdiff_t>(include->position), std::make_move_iterator(copies.begin()),
                std::make_move_iterator(copies.end()));
        }
        declared.expanded = true;
        return true;
    }

    Declarations& m_declarations;
    std::unordered_map<std::string, DeclaredType*> m_types;
};

} // namespace

Result<SchemaSet> link(Declarations declarations)
{
    return Linker(declarations).run();
}

} // namespace kates::api::schema
