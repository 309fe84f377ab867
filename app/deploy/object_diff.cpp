#include "app/deploy/object_diff.h"

#include "app/base/text.h"
#include "engine/api/yaml.h"

namespace kates::app {

using api::Value;

Value withoutServerFields(const Value& object)
{
    if (!object.isObject())
        return object;
    Value clean = object;
    clean.erase("status");
    if (clean.get("metadata").isObject()) {
        Value& metadata = clean.edit("metadata");
        for (const char* field : { "managedFields", "uid", "resourceVersion", "generation", "creationTimestamp", "selfLink" })
            metadata.erase(field);
        if (metadata.get("annotations").isObject()) {
            metadata.edit("annotations").erase("kubectl.kubernetes.io/last-applied-configuration");
            if (metadata.get("annotations").size() == 0)
                metadata.erase("annotations");
        }
    }
    return clean;
}

QStringList yamlLines(const Value& object)
{
    if (object.isNull())
        return {};
    QStringList lines = displayText(api::toYaml(object), kManifestTextMax).split(u'\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

TextDiff diffObjects(const Value& live, const Value& next)
{
    return diffTexts(yamlLines(withoutServerFields(live)), yamlLines(withoutServerFields(next)));
}

QVariantList diffLines(const TextDiff& diff)
{
    static const char* const kinds[] = { "same", "added", "removed", "folded" };
    QVariantList lines;
    for (const DiffLine& line : diff.lines) {
        if (lines.size() == kDiffLinesShown) {
            lines.append(QVariantMap { { QStringLiteral("kind"), QStringLiteral("more") }, { QStringLiteral("text"), QString() },
                { QStringLiteral("folded"), int(diff.lines.size()) - kDiffLinesShown } });
            break;
        }
        lines.append(QVariantMap { { QStringLiteral("kind"), QLatin1String(kinds[int(line.kind)]) }, { QStringLiteral("text"), line.text },
            { QStringLiteral("folded"), line.folded } });
    }
    return lines;
}

} // namespace kates::app
