#include "app/deploy/deploy_model.h"

#include <QCoreApplication>

#include "app/deploy/object_diff.h"

namespace kates::app {

QString phaseText(DeployPhase::Value phase)
{
    static const char* const texts[] = {
        QT_TRANSLATE_NOOP("DeployPhase", "invalid"),
        QT_TRANSLATE_NOOP("DeployPhase", "checking"),
        QT_TRANSLATE_NOOP("DeployPhase", "will be created"),
        QT_TRANSLATE_NOOP("DeployPhase", "will change"),
        QT_TRANSLATE_NOOP("DeployPhase", "unchanged"),
        QT_TRANSLATE_NOOP("DeployPhase", "refused"),
        QT_TRANSLATE_NOOP("DeployPhase", "applying"),
        QT_TRANSLATE_NOOP("DeployPhase", "failed"),
        QT_TRANSLATE_NOOP("DeployPhase", "getting ready"),
        QT_TRANSLATE_NOOP("DeployPhase", "ready"),
        QT_TRANSLATE_NOOP("DeployPhase", "being undone"),
        QT_TRANSLATE_NOOP("DeployPhase", "as before"),
    };
    return QCoreApplication::translate("DeployPhase", texts[phase]);
}

State phaseState(DeployPhase::Value phase)
{
    switch (phase) {
    case DeployPhase::Invalid:
    case DeployPhase::Refused:
    case DeployPhase::Failed:
        return ObjectState::Failing;
    case DeployPhase::Checking:
    case DeployPhase::Applying:
    case DeployPhase::Following:
    case DeployPhase::Undoing:
        return ObjectState::Progressing;
    case DeployPhase::Created:
    case DeployPhase::Changed:
        return ObjectState::Waiting;
    case DeployPhase::Same:
    case DeployPhase::Undone:
        return ObjectState::Neutral;
    case DeployPhase::Ready:
        return ObjectState::Ok;
    }
    return ObjectState::Unknown;
}

DeployItem* DeployModel::find(int id)
{
    const int row = m_items.empty() ? -1 : id - m_items.front().id;
    return row >= 0 && row < count() ? &m_items[std::size_t(row)] : nullptr;
}

void DeployModel::replace(std::vector<DeployItem> items)
{
    beginResetModel();
    m_items = std::move(items);
    m_counts = {};
    for (const DeployItem& item : m_items)
        ++m_counts[std::size_t(item.phase)];
    endResetModel();
    emit countChanged();
}

void DeployModel::setPhase(int id, DeployPhase::Value phase, const QString& message)
{
    DeployItem* item = find(id);
    if (!item)
        return;
    --m_counts[std::size_t(item->phase)];
    ++m_counts[std::size_t(phase)];
    item->phase = phase;
    item->message = message;
    const QModelIndex place = index(id - m_items.front().id);
    emit dataChanged(place, place);
}

QVariantMap DeployModel::item(int row) const
{
    QVariantMap map;
    if (row < 0 || row >= count())
        return map;
    const QHash<int, QByteArray> names = roleNames();
    for (auto role = names.cbegin(); role != names.cend(); ++role)
        map.insert(QString::fromLatin1(role.value()), data(index(row), role.key()));
    return map;
}

QVariantList DeployModel::diffOf(int row) const { return row < 0 || row >= count() ? QVariantList() : diffLines(m_items[std::size_t(row)].diff); }

int DeployModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : count(); }

QVariant DeployModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const DeployItem& item = m_items[std::size_t(index.row())];
    switch (role) {
    case IdRole:
        return item.id;
    case SourceRole:
        return item.document.source;
    case LineRole:
        return item.document.line;
    case KindRole:
        return item.document.kind();
    case NameRole:
        return item.document.name();
    case NamespaceRole:
        return item.ns;
    case PhaseRole:
        return item.phase;
    case PhaseTextRole:
        return phaseText(item.phase);
    case StateRole:
        return phaseState(item.phase);
    case MessageRole:
        return item.message;
    case AddedRole:
        return item.diff.added;
    case RemovedRole:
        return item.diff.removed;
    case ConflictRole:
        return item.conflict;
    default:
        return {};
    }
}

QHash<int, QByteArray> DeployModel::roleNames() const
{
    return { { IdRole, "itemId" }, { SourceRole, "source" }, { LineRole, "line" }, { KindRole, "kind" }, { NameRole, "name" },
        { NamespaceRole, "ns" }, { PhaseRole, "phase" }, { PhaseTextRole, "phaseText" }, { StateRole, "state" }, { MessageRole, "message" },
        { AddedRole, "added" }, { RemovedRole, "removed" }, { ConflictRole, "conflict" } };
}

} // namespace kates::app
