// What the server says of a kind's fields: a part of its OpenAPI v3 document, read as far as completion and checking need it. Pure; cheap to copy.
#pragma once

#include <QStringList>

#include "app/details/field_path.h"

namespace kates::app {

inline constexpr int kSchemaProblemsMax = 50;
inline constexpr int kSchemaDepthMax = 64; // schemas may contain themselves

// One thing that could stand at a place.
struct Completion {
    QString text; // what is put there
    QString type; // string, integer, list of …
    QString about; // one sentence
    bool required = false;
    enum class Shape { Scalar, Members, Items } shape = Shape::Scalar;
};

struct SchemaProblem {
    FieldPath path; // the field itself, or what lacks one
    QString message;
};

class ObjectSchema {
public:
    ObjectSchema() = default;
    // Nothing is known when the document has no such kind.
    ObjectSchema(api::Value document, std::string_view group, std::string_view version, std::string_view kind);

    bool isNull() const { return m_root.isNull(); }
    // The members that may stand inside the field at `path`, the required ones first, without those in `present`.
    std::vector<Completion> members(const FieldPath& path, const QStringList& present = {}) const;
    // The values that the field at `path` can have, where there are few.
    std::vector<Completion> values(const FieldPath& path) const;
    // Unknown and missing fields, wrong types, values outside an enum. `status` and managedFields are the server's own and left out.
    std::vector<SchemaProblem> check(const api::Value& object) const;

private:
    const api::Value& resolved(const api::Value& schema) const;
    const api::Value& at(const FieldPath& path) const;
    const api::Value& step(const api::Value& schema, const FieldStep& step) const;
    QString typeText(const api::Value& schema) const;
    void check(const api::Value& value, const api::Value& schema, FieldPath& path, std::vector<SchemaProblem>& problems) const;
    void checkMembers(const api::Value& value, const api::Value& schema, FieldPath& path, std::vector<SchemaProblem>& problems) const;

    api::Value m_document, m_root;
};

} // namespace kates::app
