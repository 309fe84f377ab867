#include "app/details/object_schema.h"

#include <QCoreApplication>

#include "app/base/text.h"

namespace kates::app {

using api::Value;

namespace {

constexpr std::string_view kReference = "#/components/schemas/";
constexpr qsizetype kAboutMax = 240;

QString say(const char* text) { return QCoreApplication::translate("Schema", text); }

const Value& nothing()
{
    static const Value null;
    return null;
}

// What is right at a value of this type; a schema without a type takes all.
bool fits(const Value& value, const Value& schema)
{
    const std::string_view type = schema.str("type");
    if (value.isNull() || schema.str("format") == "int-or-string" || schema.get("x-kubernetes-int-or-string").asBool())
        return value.isNull() || value.isInt() || value.isString();
    if (type == "string")
        return value.isString();
    if (type == "integer")
        return value.isInt();
    if (type == "number")
        return value.isNumber();
    if (type == "boolean")
        return value.isBool();
    if (type == "array")
        return value.isArray();
    return type != "object" || value.isObject();
}

// The known name that a misspelt one most likely means: by the fewest letters changed, at most two.
QString nearest(const QString& name, const Value& properties)
{
    QString best;
    int least = 3;
    for (const api::Member& member : properties.members()) {
        const QString candidate = toQString(member.key);
        if (std::abs(candidate.size() - name.size()) >= least)
            continue;
        std::vector<int> row(std::size_t(name.size() + 1));
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = int(i);
        for (qsizetype c = 0; c < candidate.size(); ++c) {
            int diagonal = std::exchange(row[0], int(c) + 1);
            for (std::size_t i = 1; i < row.size(); ++i) {
                const int cost = candidate[c].toLower() == name[qsizetype(i) - 1].toLower() ? 0 : 1;
                const int here = std::min({ row[i] + 1, row[i - 1] + 1, diagonal + cost });
                diagonal = std::exchange(row[i], here);
            }
        }
        if (row.back() < least) {
            least = row.back();
            best = candidate;
        }
    }
    return best;
}

QString firstSentence(std::string_view text)
{
    const QString about = displayText(text, kAboutMax).simplified();
    const qsizetype end = about.indexOf(QLatin1String(". "));
    return end < 0 ? about : about.left(end + 1);
}

} // namespace

ObjectSchema::ObjectSchema(Value document, std::string_view group, std::string_view version, std::string_view kind)
    : m_document(std::move(document))
{
    for (const api::Member& member : m_document.get("components", "schemas").members()) {
        for (const Value& known : member.value.get("x-kubernetes-group-version-kind")) {
            if (known.str("group") == group && known.str("version") == version && known.str("kind") == kind)
                m_root = member.value;
        }
    }
}

const Value& ObjectSchema::resolved(const Value& schema) const
{
    const Value* here = &schema;
    for (int depth = 0; depth < kSchemaDepthMax; ++depth) {
        // A reference with a description of its own is written as allOf with one entry.
        const std::string_view reference = here->has("$ref") ? here->str("$ref") : here->get("allOf").at(0).str("$ref");
        if (!reference.starts_with(kReference))
            return *here;
        here = &m_document.get("components", "schemas").get(reference.substr(kReference.size()));
    }
    return nothing();
}

const Value& ObjectSchema::step(const Value& schema, const FieldStep& step) const
{
    if (std::holds_alternative<std::size_t>(step))
        return schema.get("items");
    const Value& property = schema.get("properties").get(std::get<std::string>(step));
    return property.isNull() ? schema.get("additionalProperties") : property;
}

const Value& ObjectSchema::at(const FieldPath& path) const
{
    const Value* here = &resolved(m_root);
    for (const FieldStep& next : path)
        here = &resolved(step(*here, next));
    return *here;
}

QString ObjectSchema::typeText(const Value& schema) const
{
    const Value& target = resolved(schema);
    const std::string_view type = target.str("type");
    if (type == "array")
        return say(QT_TRANSLATE_NOOP("Schema", "list of %1")).arg(typeText(target.get("items")));
    if (type == "object" && target.has("additionalProperties"))
        return say(QT_TRANSLATE_NOOP("Schema", "map"));
    return type.empty() ? say(QT_TRANSLATE_NOOP("Schema", "value")) : displayText(type, 20);
}

std::vector<Completion> ObjectSchema::members(const FieldPath& path, const QStringList& present) const
{
    const Value& schema = at(path);
    std::vector<Completion> all;
    for (const api::Member& member : schema.get("properties").members()) {
        Completion completion;
        completion.text = displayText(member.key, 253);
        if (present.contains(completion.text))
            continue;
        completion.type = typeText(member.value);
        const std::string_view type = resolved(member.value).str("type");
        completion.shape = type == "array" ? Completion::Shape::Items : type == "object" ? Completion::Shape::Members : Completion::Shape::Scalar;
        const std::string_view own = member.value.str("description");
        completion.about = firstSentence(own.empty() ? resolved(member.value).str("description") : own);
        for (const Value& required : schema.get("required"))
            completion.required = completion.required || required.asString() == std::string_view(member.key);
        all.push_back(std::move(completion));
    }
    std::stable_sort(all.begin(), all.end(), [](const Completion& left, const Completion& right) {
        return std::tuple(!left.required, left.text) < std::tuple(!right.required, right.text);
    });
    return all;
}

std::vector<Completion> ObjectSchema::values(const FieldPath& path) const
{
    const Value& schema = at(path);
    std::vector<Completion> all;
    for (const Value& value : schema.get("enum"))
        all.push_back({ displayText(value.asString(), 253), {}, {} });
    if (schema.str("type") == "boolean")
        all = { { QStringLiteral("true"), {}, {} }, { QStringLiteral("false"), {}, {} } };
    return all;
}

std::vector<SchemaProblem> ObjectSchema::check(const Value& object) const
{
    std::vector<SchemaProblem> problems;
    if (isNull())
        return problems;
    Value own = object;
    own.erase("status");
    if (own.get("metadata").isObject())
        own.edit("metadata").erase("managedFields");
    FieldPath path;
    check(own, m_root, path, problems);
    return problems;
}

void ObjectSchema::check(const Value& value, const Value& schema, FieldPath& path, std::vector<SchemaProblem>& problems) const
{
    if (problems.size() >= std::size_t(kSchemaProblemsMax) || path.size() > std::size_t(kSchemaDepthMax))
        return;
    const Value& target = resolved(schema);
    if (target.has("oneOf") || target.has("anyOf"))
        return; // such as quantities, which are numbers or strings: the server's business
    if (!fits(value, target)) {
        problems.push_back({ path, say(QT_TRANSLATE_NOOP("Schema", "must be of type %1")).arg(typeText(target)) });
        return;
    }
    const Value& allowed = target.get("enum");
    if (value.isString() && allowed.size() > 0 && std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
        QStringList names;
        for (const Value& name : allowed)
            names.append(displayText(name.asString(), 100));
        problems.push_back({ path, say(QT_TRANSLATE_NOOP("Schema", "must be one of %1")).arg(names.join(QStringLiteral(", "))) });
    }
    for (std::size_t i = 0; value.isArray() && i < value.size(); ++i) {
        path.emplace_back(i);
        check(value.at(i), target.get("items"), path, problems);
        path.pop_back();
    }
    if (value.isObject())
        checkMembers(value, target, path, problems);
}

void ObjectSchema::checkMembers(const Value& value, const Value& schema, FieldPath& path, std::vector<SchemaProblem>& problems) const
{
    const Value& properties = schema.get("properties");
    const bool closed
        = properties.size() > 0 && !schema.has("additionalProperties") && !schema.get("x-kubernetes-preserve-unknown-fields").asBool();
    for (const api::Member& member : value.members()) {
        path.emplace_back(std::string(std::string_view(member.key)));
        const Value& property = step(schema, path.back());
        if (!property.isNull() && !property.isBool()) {
            check(member.value, property, path, problems);
        } else if (closed && !schema.get("x-kubernetes-embedded-resource").asBool() && problems.size() < std::size_t(kSchemaProblemsMax)) {
            const QString close = nearest(toQString(member.key), properties);
            problems.push_back({ path,
                close.isEmpty() ? say(QT_TRANSLATE_NOOP("Schema", "is not a field here"))
                                : say(QT_TRANSLATE_NOOP("Schema", "is not a field here; did you mean %1?")).arg(close) });
        }
        path.pop_back();
    }
    for (const Value& required : schema.get("required")) {
        if (!value.has(required.asString()) && problems.size() < std::size_t(kSchemaProblemsMax))
            problems.push_back({ path, say(QT_TRANSLATE_NOOP("Schema", "lacks the field %1")).arg(displayText(required.asString(), 253)) });
    }
}

} // namespace kates::app
