#include "app/palette/palette_model.h"

#include <algorithm>

#include "app/base/text.h"
#include "app/palette/object_search.h"

namespace kates::app {

namespace {

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

} // namespace

PaletteModel::PaletteModel(QObject* parent)
    : QAbstractListModel(parent)
{
    connect(this, &PaletteModel::sourcesChanged, this, &PaletteModel::rebuild);
}

void PaletteModel::setCluster(ClusterSession* cluster)
{
    if (m_cluster == cluster)
        return;
    m_cluster = cluster;
    emit sourcesChanged();
}

void PaletteModel::setQuery(const QString& query)
{
    if (m_query == query)
        return;
    m_query = query;
    rebuild();
    emit queryChanged();
}

void PaletteModel::addCommands(std::vector<Row>& rows) const
{
    const QString go = tr("Go to");
    rows.push_back({ tr("Clusters"), {}, go, QStringLiteral("clusters"), -1, QStringLiteral("page"), { QStringLiteral("clusters") } });
    rows.push_back({ tr("Map"), {}, go, QStringLiteral("map"), -1, QStringLiteral("page"), { QStringLiteral("map") } });
    rows.push_back({ tr("Resources"), {}, go, QStringLiteral("resources"), -1, QStringLiteral("page"), { QStringLiteral("resources") } });
    rows.push_back({ tr("Deploy"), {}, go, QStringLiteral("deploy"), -1, QStringLiteral("page"), { QStringLiteral("deploy") } });
    for (int row = 0; m_clusters && row < m_clusters->count(); ++row) {
        const QString name = m_clusters->value(row, QStringLiteral("name")).toString();
        rows.push_back({ name, m_clusters->value(row, QStringLiteral("statusText")).toString(), tr("Clusters"), QStringLiteral("layers"),
            m_clusters->value(row, QStringLiteral("state")).toInt(), QStringLiteral("cluster"), { m_clusters->keyAt(row) } });
    }
    for (const char* theme : { "dark", "light", "projector" })
        rows.push_back({ tr("Theme: %1").arg(QLatin1String(theme)), {}, tr("Settings"), QLatin1String(theme), -1, QStringLiteral("theme"),
            { QLatin1String(theme) } });
}

void PaletteModel::addKinds(std::vector<Row>& rows, const QString& needle, const QString& ns) const
{
    if (!m_cluster)
        return;
    const QString exact = m_cluster->catalog()->idOf(needle);
    for (const ResourceInfo& info : m_cluster->catalog()->resources()) {
        const QString id = resourceId(info.ref);
        Row row { pluralOf(info.kind), info.shortName.isEmpty() ? info.ref.group : info.shortName, tr("Resources"), QStringLiteral("resources"), -1,
            QStringLiteral("kind"), { id, ns } };
        if (id == exact)
            rows.insert(rows.begin(), row);
        else
            rows.push_back(row);
    }
}

void PaletteModel::rebuild()
{
    const bool command = m_query.startsWith(u':');
    const QString text = (command ? m_query.mid(1) : m_query).trimmed();
    const QString needle = command ? text.section(u' ', 0, 0) : text;
    std::vector<Row> rows;
    if (!command)
        addCommands(rows);
    addKinds(rows, needle, command ? text.section(u' ', 1, 1) : QString());
    const QString exact = command && m_cluster ? m_cluster->catalog()->idOf(needle) : QString();
    std::vector<std::pair<int, Row>> ranked;
    for (Row& row : rows) {
        const bool hit = !exact.isEmpty() && row.arguments.value(0) == exact;
        const int rank = hit ? -1 : std::min(unsigned(fuzzyRank(row.title, needle)), unsigned(fuzzyRank(row.detail, needle)));
        if (hit || rank >= 0)
            ranked.emplace_back(rank, std::move(row));
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& left, const auto& right) { return left.first < right.first; });
    m_commands.clear();
    for (auto& [rank, row] : ranked)
        m_commands.push_back(std::move(row));
    if (command || text.size() < 2)
        m_objects.clear();
    show(m_commands);
    ++m_search;
    if (!command && text.size() >= 2)
        searchObjects();
}

void PaletteModel::searchObjects()
{
    if (!m_cluster)
        return;
    DataThread& thread = m_cluster->table()->dataThread();
    thread.compute(
        this,
        [needle = m_query.trimmed(), informers = m_cluster->resources().running()] { return searchObjectsIn(informers, needle, kPaletteObjectsMax); },
        [this, search = m_search](const std::vector<FoundObject>& found) {
            if (search != m_search)
                return;
            m_objects.clear();
            for (const FoundObject& object : found) {
                const QString where = object.match.isEmpty() ? object.ns : object.match;
                m_objects.push_back({ object.name, where, object.kind, {}, object.state, QStringLiteral("object"),
                    { object.apiVersion, object.kind, object.ns, object.name } });
            }
            show(m_commands);
        });
}

void PaletteModel::show(std::vector<Row> rows)
{
    rows.insert(rows.end(), m_objects.begin(), m_objects.end());
    if (int(rows.size()) > kPaletteRowsMax)
        rows.resize(kPaletteRowsMax);
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
    emit countChanged();
}

QString PaletteModel::actionAt(int row) const { return row >= 0 && row < count() ? m_rows[std::size_t(row)].action : QString(); }

QStringList PaletteModel::argumentsAt(int row) const { return row >= 0 && row < count() ? m_rows[std::size_t(row)].arguments : QStringList(); }

int PaletteModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : count(); }

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[std::size_t(index.row())];
    switch (role) {
    case TitleRole:
        return row.title;
    case DetailRole:
        return row.detail;
    case SectionRole:
        return row.section;
    case IconRole:
        return row.icon;
    case StateRole:
        return row.state;
    case ActionRole:
        return row.action;
    case ArgumentsRole:
        return row.arguments;
    default:
        return {};
    }
}

QHash<int, QByteArray> PaletteModel::roleNames() const
{
    return { { TitleRole, "title" }, { DetailRole, "detail" }, { SectionRole, "section" }, { IconRole, "iconName" }, { StateRole, "state" },
        { ActionRole, "action" }, { ArgumentsRole, "arguments" } };
}

} // namespace kates::app
