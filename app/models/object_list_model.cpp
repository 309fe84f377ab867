#include "app/models/object_list_model.h"

#include <QSet>

namespace kates::app {

ObjectListModel::ObjectListModel(DataThread& thread, std::vector<Role> roles, QObject* parent)
    : QAbstractListModel(parent)
    , m_thread(thread)
    , m_roles(std::move(roles))
    , m_feed(makeOn<ListFeed>(thread))
{
    connect(m_feed.get(), &ListFeed::updated, this, [this](const ListUpdate& update) {
        apply(update);
        if (!update.gone.isEmpty())
            emit keysGone(update.gone);
        m_thread.with(m_feed.get(), [](ListFeed& feed) { feed.acknowledge(); });
    });
}

ObjectListModel::~ObjectListModel() = default;

int ObjectListModel::indexOfKey(const QString& key) const
{
    const auto place = std::find_if(m_entries.begin(), m_entries.end(), [&](const ListEntry& entry) { return entry.key == key; });
    return place == m_entries.end() ? -1 : int(place - m_entries.begin());
}

QString ObjectListModel::keyAt(int row) const { return row >= 0 && row < count() ? m_entries[std::size_t(row)].key : QString(); }

QVariant ObjectListModel::value(int row, const QString& role) const
{
    const QByteArray name = role.toLatin1();
    const auto place = std::find_if(m_roles.begin(), m_roles.end(), [&](const Role& candidate) { return candidate.name == name; });
    return place == m_roles.end() || row < 0 || row >= count() ? QVariant() : place->read(object(row));
}

double ObjectListModel::sum(const QString& number, const QString& role, const QString& wanted) const
{
    double total = 0;
    for (int row = 0; row < count(); ++row) {
        if (value(row, role).toString() == wanted)
            total += value(row, number).toDouble();
    }
    return total;
}

int ObjectListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : count(); }

QVariant ObjectListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ListEntry& entry = m_entries[std::size_t(index.row())];
    if (role == KeyRole)
        return entry.key;
    const int place = role - KeyRole - 1;
    return place >= 0 && place < int(m_roles.size()) ? m_roles[std::size_t(place)].read(entry.object) : QVariant();
}

QHash<int, QByteArray> ObjectListModel::roleNames() const
{
    QHash<int, QByteArray> names { { KeyRole, QByteArrayLiteral("key") } };
    for (int i = 0; i < int(m_roles.size()); ++i)
        names.insert(KeyRole + 1 + i, m_roles[std::size_t(i)].name);
    return names;
}

void ObjectListModel::refreshAll()
{
    if (count() > 0)
        emit dataChanged(index(0), index(count() - 1));
}

void ObjectListModel::apply(const ListUpdate& update)
{
    const int before = count();
    if (update.rearranged)
        rearrange(*update.entries);
    for (const ListStep& step : update.steps)
        applyStep(step);
    const bool counts = before != count() || m_total != update.total || m_synced != update.synced;
    m_total = update.total;
    m_synced = update.synced;
    if (counts)
        emit countChanged();
}

void ObjectListModel::applyStep(const ListStep& step)
{
    const auto first = m_entries.begin() + step.first;
    switch (step.kind) {
    case ListStep::Kind::Insert:
        beginInsertRows({}, step.first, step.first + step.count - 1);
        m_entries.insert(first, step.entries.begin(), step.entries.end());
        endInsertRows();
        break;
    case ListStep::Kind::Remove:
        beginRemoveRows({}, step.first, step.first + step.count - 1);
        m_entries.erase(first, first + step.count);
        endRemoveRows();
        break;
    case ListStep::Kind::Change:
        std::copy(step.entries.begin(), step.entries.end(), first);
        emit dataChanged(index(step.first), index(step.first + step.count - 1));
        break;
    case ListStep::Kind::Move:
        beginMoveRows({}, step.first, step.first, {}, step.to > step.first ? step.to + 1 : step.to);
        if (step.to > step.first)
            std::rotate(first, first + 1, m_entries.begin() + step.to + 1);
        else
            std::rotate(m_entries.begin() + step.to, first, first + 1);
        endMoveRows();
        break;
    }
    const bool single = step.count == 1 && step.kind != ListStep::Kind::Remove && step.kind != ListStep::Kind::Move;
    emit objectChanged(single ? step.entries.front().key : QString());
}

// Not a reset, which would take the view back to its beginning: rows come or go at the end, and all of them may be different ones afterwards.
void ObjectListModel::rearrange(std::vector<ListEntry>& entries)
{
    const int before = count(), after = int(entries.size());
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_entries.resize(std::size_t(after));
        endRemoveRows();
    }
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList persistent = persistentIndexList();
    QStringList keys;
    for (const QModelIndex& place : persistent)
        keys.append(keyAt(place.row()));
    std::vector<ListEntry> old = std::move(m_entries);
    m_entries.assign(entries.begin(), entries.begin() + std::min(before, after));
    for (int i = 0; i < persistent.size(); ++i) {
        const int row = indexOfKey(keys[i]);
        changePersistentIndex(persistent[i], row < 0 ? QModelIndex() : index(row));
    }
    emit layoutChanged({}, VerticalSortHint);
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_entries.swap(entries);
        endInsertRows();
    }
    // A large list takes its time to be destroyed.
    m_thread.post([old = std::make_shared<std::vector<ListEntry>>(std::move(old))] { });
    emit objectChanged({});
}

} // namespace kates::app
