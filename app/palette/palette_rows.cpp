#include "app/palette/palette_rows.h"

#include <QCoreApplication>

#include <algorithm>

namespace kates::app {

namespace {

using Rows = std::vector<PaletteRow>;

QString say(const char* text) { return QCoreApplication::translate("Palette", text); }

// Letters of `needle` in their order within `text`: "dpl" finds "Deployments". Lower is better; -1 when it does not match.
int fuzzyRank(const QString& text, const QString& needle)
{
    if (needle.isEmpty())
        return 0;
    const qsizetype whole = text.indexOf(needle, 0, Qt::CaseInsensitive);
    if (whole >= 0)
        return int(whole);
    qsizetype at = -1, first = -1;
    for (const QChar letter : needle) {
        at = text.indexOf(letter, at + 1, Qt::CaseInsensitive);
        if (at < 0)
            return -1;
        first = first < 0 ? at : first;
    }
    return int(100 + at - first);
}

// Those that match, best first.
Rows ranked(Rows rows, const QString& needle, const QString& exactId = {})
{
    std::vector<std::pair<int, PaletteRow>> matching;
    for (PaletteRow& row : rows) {
        const bool exact = !exactId.isEmpty() && row.action == QLatin1String("kind") && row.arguments.value(0) == exactId;
        const unsigned rank = std::min(unsigned(fuzzyRank(row.title, needle)), unsigned(fuzzyRank(row.detail, needle)));
        if (exact || int(rank) >= 0)
            matching.emplace_back(exact ? -1 : int(rank), std::move(row));
    }
    std::stable_sort(matching.begin(), matching.end(), [](const auto& left, const auto& right) { return left.first < right.first; });
    Rows result;
    for (auto& [rank, row] : matching)
        result.push_back(std::move(row));
    return result;
}

void addPages(Rows& rows)
{
    const QString go = say(QT_TRANSLATE_NOOP("Palette", "Go to"));
    const auto page = [&](const char* id, const char* title) {
        rows.push_back({ say(title), {}, go, QLatin1String(id), -1, QStringLiteral("page"), { QLatin1String(id) } });
    };
    page("clusters", QT_TRANSLATE_NOOP("Palette", "Clusters"));
    page("map", QT_TRANSLATE_NOOP("Palette", "Map"));
    page("resources", QT_TRANSLATE_NOOP("Palette", "Resources"));
    page("deploy", QT_TRANSLATE_NOOP("Palette", "Deploy"));
}

void addClusters(Rows& rows, const PaletteSources& sources)
{
    for (const ObjectListModel* list : { sources.clusters, sources.remotes }) {
        for (int row = 0; list && row < list->count(); ++row) {
            rows.push_back({ list->value(row, QStringLiteral("name")).toString(), list->value(row, QStringLiteral("statusText")).toString(),
                say("Clusters"), QStringLiteral("layers"), list->value(row, QStringLiteral("state")).toInt(), QStringLiteral("cluster"),
                { list->keyAt(row) } });
        }
    }
}

void addSettings(Rows& rows, const PaletteSources& sources)
{
    const QString settings = say(QT_TRANSLATE_NOOP("Palette", "Settings"));
    const auto theme = [&](const char* id, const char* title) {
        rows.push_back({ say(title), {}, settings, QLatin1String(id), -1, QStringLiteral("theme"), { QLatin1String(id) } });
    };
    theme("system", QT_TRANSLATE_NOOP("Palette", "Theme: as the system"));
    theme("dark", QT_TRANSLATE_NOOP("Palette", "Theme: dark"));
    theme("light", QT_TRANSLATE_NOOP("Palette", "Theme: light"));
    theme("projector", QT_TRANSLATE_NOOP("Palette", "Theme: projector, large type"));
    const auto language = [&](const char* id, const QString& title) {
        rows.push_back({ title, {}, settings, QStringLiteral("info"), -1, QStringLiteral("language"), { QLatin1String(id) } });
    };
    language("system", say(QT_TRANSLATE_NOOP("Palette", "Language: as the system")));
    language("en", QStringLiteral("Language: English")); // each in its own words
    language("de", QStringLiteral("Sprache: Deutsch"));
    rows.push_back({ say(QT_TRANSLATE_NOOP("Palette", "Keys")), QStringLiteral("?"), settings, QStringLiteral("keyboard"), -1,
        QStringLiteral("keys"), {} });
    if (sources.cluster)
        rows.push_back({ say(QT_TRANSLATE_NOOP("Palette", "Lock or unlock this cluster, choose its colour")), {}, settings, QStringLiteral("lock"), -1,
            QStringLiteral("protection"), {} });
}

void addKinds(Rows& rows, const PaletteSources& sources, const QStringList& more, const QString& detail)
{
    if (!sources.cluster)
        return;
    for (const ResourceInfo& info : sources.cluster->catalog()->resources()) {
        const QString name = info.shortName.isEmpty() ? info.ref.group : info.shortName;
        rows.push_back({ pluralOf(info.kind), detail.isEmpty() ? name : detail, say(QT_TRANSLATE_NOOP("Palette", "Resources")),
            QStringLiteral("resources"), -1, QStringLiteral("kind"), QStringList(resourceId(info.ref)) + more });
    }
}

bool isNamespace(const PaletteSources& sources, const QString& name)
{
    return sources.cluster && sources.cluster->namespaces()->indexOfKey(name) >= 0;
}

// What stands behind a kind: {namespaces, filter}.
QStringList scopeOf(const PaletteSources& sources, const QString& words)
{
    const QStringList names = words.split(u',', Qt::SkipEmptyParts);
    const bool known = !sources.cluster || !sources.cluster->namespaces()->synced()
        || std::any_of(names.begin(), names.end(), [&](const QString& name) { return isNamespace(sources, name); });
    if (words.startsWith(u'/'))
        return { QString(), words.mid(1) };
    return known ? QStringList { words, QString() } : QStringList { QString(), words };
}

QString scopeText(const QStringList& scope)
{
    if (!scope.value(0).isEmpty())
        return say(QT_TRANSLATE_NOOP("Palette", "in %1")).arg(scope[0]);
    return scope.value(1).isEmpty() ? QString() : say(QT_TRANSLATE_NOOP("Palette", "with “%1”")).arg(scope[1]);
}

Rows namespaceRows(const PaletteSources& sources, const QString& words)
{
    const QString section = say(QT_TRANSLATE_NOOP("Palette", "Namespaces"));
    const QString action = QStringLiteral("namespaces");
    Rows rows;
    const ObjectListModel* namespaces = sources.cluster->namespaces();
    const bool exact = isNamespace(sources, words);
    // What was typed counts even where listing namespaces is forbidden.
    if (exact || words.contains(u',') || namespaces->indexOfKey(words) >= 0)
        rows.push_back({ words, {}, section, QStringLiteral("filter"), -1, action, words.split(u',', Qt::SkipEmptyParts) });
    Rows known;
    for (int row = 0; row < namespaces->count(); ++row) {
        if (const QString name = namespaces->keyAt(row); name != words)
            known.push_back({ name, {}, section, QStringLiteral("filter"), -1, action, { name } });
    }
    for (PaletteRow& row : ranked(std::move(known), words))
        rows.push_back(std::move(row));
    if (words == QLatin1String("*"))
        rows.push_back({ say(QT_TRANSLATE_NOOP("Palette", "All namespaces")), {}, section, QStringLiteral("filter"), -1, action, {} });
    else if (!exact && !words.contains(u','))
        rows.push_back({ words, say(QT_TRANSLATE_NOOP("Palette", "as typed")), section, QStringLiteral("filter"), -1, action, { words } });
    return rows;
}

} // namespace

Rows placeRows(const PaletteSources& sources, const QString& text)
{
    Rows rows;
    addPages(rows);
    addClusters(rows, sources);
    addSettings(rows, sources);
    addKinds(rows, sources, {}, {});
    return ranked(std::move(rows), text);
}

Rows commandRows(const PaletteSources& sources, const QString& text)
{
    const QString verb = text.section(u' ', 0, 0);
    const QString words = text.section(u' ', 1).trimmed();
    if (verb == QLatin1String("ctx") || verb == QLatin1String("context")) {
        Rows clusters;
        addClusters(clusters, sources);
        return ranked(std::move(clusters), words);
    }
    if (!sources.cluster)
        return {};
    const QString exact = sources.cluster->catalog()->idOf(verb);
    if (!words.isEmpty() && (verb == QLatin1String("ns") || exact == QLatin1String("namespaces")))
        return namespaceRows(sources, words);
    const QStringList scope = words.isEmpty() ? QStringList() : scopeOf(sources, words);
    Rows kinds;
    addKinds(kinds, sources, scope, scopeText(scope));
    return ranked(std::move(kinds), verb, exact);
}

} // namespace kates::app
