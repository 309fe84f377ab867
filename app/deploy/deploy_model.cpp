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
        return ObjectState::Progressing;
    case DeployPhase::Created:
    case DeployPhase::Changed:
        return ObjectState::Waiting;
    case DeployPhase::Same:
        return ObjectState::Neutral;
    case DeployPhase::Ready:
        return ObjectState::Ok;
    }
    return ObjectState::Unknown;
}

DeployItem* DeployModel::find(int id)
{
    const auto item = std::find_if(m_items.begin(), m_items.end(), [id](const DeployItem& candidate) { return candidate.id == id; });
    return item == m_items.end() ? nullptr : &*item;
}

void DeployModel::replace(std::vector<DeployItem> items)
{
    beginResetModel();
    m_items = std::move(items);
    endResetModel();
    emit countChanged();
}

void DeployModel::changed(int id)
{
    for (int row = 0; row < count(); ++row) {
        if (m_items[std::size_t(row)].id == id)
            emit dataChanged(index(row), index(row));
    }
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
