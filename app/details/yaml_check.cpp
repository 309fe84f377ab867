#include "app/details/yaml_check.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include "app/base/text.h"
#include "app/details/yaml_outline.h"
#include "engine/api/yaml.h"

namespace kates::app {

namespace {

QVariantMap problem(int line, const QString& text) { return { { QStringLiteral("line"), line }, { QStringLiteral("text"), text } }; }

// The line of the deepest part of `path` that the text has.
int lineOf(const YamlOutline& outline, const FieldPath& path)
{
    const int found = outline.find(path);
    return found < 0 ? 1 : outline.node(found).line + 1;
}

QString sentence(const FieldPath& path, const QString& message) { return path.empty() ? message : toText(path) + u' ' + message; }

} // namespace

QVariantList checkYaml(const QString& text, const ObjectSchema& schema)
{
    api::ParseReport report;
    const auto documents = api::parseYaml(toStd(text), {}, &report);
    if (!documents) {
        static const QRegularExpression place(QStringLiteral("line (\\d+)"));
        const QString message = displayText(documents.error().message);
        return { problem(place.match(message).captured(1).toInt(), message) };
    }
    QVariantList problems;
    if (documents->size() != 1 || !documents->front().value.isObject()) {
        problems.append(problem(0, QCoreApplication::translate("YamlCheck", "The text must be one object.")));
        return problems;
    }
    const YamlOutline outline(text);
    for (const std::string& field : report.duplicateFields)
        problems.append(problem(lineOf(outline, resolveField(documents->front().value, field)),
            QCoreApplication::translate("YamlCheck", "%1 stands twice; the last one counts").arg(displayText(field, 320))));
    for (const SchemaProblem& found : schema.check(documents->front().value))
        problems.append(problem(lineOf(outline, found.path), sentence(found.path, found.message)));
    return problems;
}

QVariantList serverProblems(const QString& text, const api::Value& edited, const api::StatusError& error)
{
    QVariantList problems;
    const YamlOutline outline(text);
    for (const api::StatusCause& cause : error.causes) {
        const FieldPath path = resolveField(edited, cause.field);
        const QString message = displayText(cause.message, 400);
        problems.append(problem(path.empty() ? 0 : lineOf(outline, path),
            cause.field.empty() ? message : displayText(cause.field, 320) + QStringLiteral(": ") + message));
    }
    return problems;
}

} // namespace kates::app
