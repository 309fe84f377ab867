#include "app/map/map_twin_model.h"

#include <QThreadPool>

#include <algorithm>

#include "app/base/data_thread.h"

namespace kates::app {

std::vector<TwinLine> twinLines(const MapScene& scene, const QString& filter, const QSet<QString>& turned)
{
    std::vector<TwinLine> lines;
    const bool openAtFirst = int(scene.cells.size()) <= kTwinCellsOpen;
    const auto holds = [&](const QString& text) { return text.contains(filter, Qt::CaseInsensitive); };
    for (const MapCard& card : scene.cards) {
        if (card.isHidden() || int(lines.size()) >= kTwinLinesMax)
            continue;
        const QString said = card.note.isEmpty() ? card.subtitle : card.note;
        TwinLine line { card.key, said.isEmpty() ? card.title : MapModel::tr("%1: %2").arg(card.title, said), card.objectKind, 0,
            worse(card.state, worstOf(card.counts)), false, card.cellCount > 0 };
        const bool whole = filter.isEmpty() || holds(line.text);
        line.open = !filter.isEmpty() || openAtFirst != turned.contains(card.key);
        std::vector<TwinLine> inside;
        for (int i = card.firstCell; line.open && i < card.firstCell + card.cellCount
             && int(lines.size() + inside.size()) + 1 < kTwinLinesMax; ++i) {
            const MapCell& cell = scene.cells[std::size_t(i)];
            TwinLine child { cell.key, MapModel::tr("%1: %2").arg(cell.key, cell.statusText), scene.cellKind, 1, cell.state, false, false };
            if (filter.isEmpty() || holds(child.text))
                inside.push_back(std::move(child));
        }
        if (!whole && inside.empty())
            continue;
        lines.push_back(std::move(line));
        std::move(inside.begin(), inside.end(), std::back_inserter(lines));
    }
    if (int(lines.size()) >= kTwinLinesMax)
        lines.push_back({ {}, MapModel::tr("… and more: only the first %1 lines are listed.").arg(kTwinLinesMax), {} });
    return lines;
}

MapTwinModel::MapTwinModel(QObject* parent)
    : QAbstractListModel(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kTwinPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &MapTwinModel::refresh);
}

void MapTwinModel::setMap(MapModel* map)
{
    if (m_map == map)
        return;
    if (m_map)
        m_map->disconnect(this);
    m_map = map;
    m_turned.clear();
    if (map) {
        connect(map, &MapModel::sceneChanged, this, [this] {
            if (m_active && !m_pause.isActive())
                m_pause.start();
        });
    }
    refresh();
    emit mapChanged();
}

void MapTwinModel::setFilter(const QString& filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    refresh();
    emit filterChanged();
}

void MapTwinModel::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    refresh();
    emit activeChanged();
}

void MapTwinModel::turn(int row)
{
    if (row < 0 || row >= count())
        return;
    while (row > 0 && m_lines[std::size_t(row)].depth > 0)
        --row;
    const QString key = m_lines[std::size_t(row)].key;
    if (!m_turned.remove(key))
        m_turned.insert(key);
    refresh();
}

int MapTwinModel::rowOf(const QString& key) const
{
    const auto found = std::find_if(m_lines.begin(), m_lines.end(), [&](const TwinLine& line) { return line.key == key; });
    return key.isEmpty() || found == m_lines.end() ? -1 : int(found - m_lines.begin());
}

void MapTwinModel::refresh()
{
    if (!m_active)
        return;
    if (m_working) {
        m_due = true;
        return;
    }
    if (!m_map || !m_map->scene())
        return apply({});
    m_working = true;
    QThreadPool::globalInstance()->start([scene = m_map->scene(), filter = m_filter, turned = m_turned, self = QPointer(this)] {
        postToGui(self, [self, lines = twinLines(*scene, filter, turned)]() mutable {
            self->m_working = false;
            self->apply(std::move(lines));
            if (std::exchange(self->m_due, false))
                self->refresh();
        });
    });
}

void MapTwinModel::apply(std::vector<TwinLine> lines)
{
    // What is the same at the head and at the foot stays; the rest is replaced.
    const auto sameKey = [](const TwinLine& left, const TwinLine& right) { return left.key == right.key; };
    const std::size_t least = std::min(lines.size(), m_lines.size());
    std::size_t head = 0, foot = 0;
    while (head < least && sameKey(lines[head], m_lines[head]))
        ++head;
    while (foot < least - head && sameKey(lines[lines.size() - 1 - foot], m_lines[m_lines.size() - 1 - foot]))
        ++foot;
    if (const int last = int(m_lines.size() - foot); last > int(head)) {
        beginRemoveRows({}, int(head), last - 1);
        m_lines.erase(m_lines.begin() + std::ptrdiff_t(head), m_lines.begin() + last);
        endRemoveRows();
    }
    if (const int last = int(lines.size() - foot); last > int(head)) {
        beginInsertRows({}, int(head), last - 1);
        m_lines.insert(m_lines.begin() + std::ptrdiff_t(head), lines.begin() + std::ptrdiff_t(head), lines.begin() + last);
        endInsertRows();
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (m_lines[i] == lines[i])
            continue;
        m_lines[i] = std::move(lines[i]);
        emit dataChanged(index(int(i)), index(int(i)));
    }
    emit countChanged();
}

int MapTwinModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : count(); }

QVariant MapTwinModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TwinLine& line = m_lines[std::size_t(index.row())];
    switch (role) {
    case KeyRole:
        return line.key;
    case TextRole:
    case Qt::DisplayRole:
        return line.text;
    case KindRole:
        return line.kind;
    case DepthRole:
        return line.depth;
    case StateRole:
        return line.state;
    case OpenRole:
        return line.open;
    case ParentRole:
        return line.parent;
    default:
        return {};
    }
}

QHash<int, QByteArray> MapTwinModel::roleNames() const
{
    return { { KeyRole, "key" }, { TextRole, "text" }, { KindRole, "kind" }, { DepthRole, "depth" },
        { StateRole, "stateValue" }, { OpenRole, "open" },
        { ParentRole, "branch" } };
}

} // namespace kates::app
