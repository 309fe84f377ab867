#include "app/palette/palette_model.h"

#include "app/palette/object_search.h"

namespace kates::app {

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

void PaletteModel::rebuild()
{
    const bool command = m_query.startsWith(u':');
    const QString text = m_query.mid(command ? 1 : 0).trimmed();
    const PaletteSources sources { m_clusters, m_remotes, m_cluster };
    m_commands = command ? commandRows(sources, text) : placeRows(sources, text);
    const bool search = !command && text.size() >= kPaletteSearchMin;
    if (!search)
        m_objects.clear();
    show(m_commands);
    ++m_search;
    if (search)
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

void PaletteModel::show(std::vector<PaletteRow> rows)
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
    const PaletteRow& row = m_rows[std::size_t(index.row())];
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
