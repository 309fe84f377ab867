#include "app/dock/log_model.h"

#include <algorithm>

#include "app/dock/log_text.h"

namespace kates::app {

int LogModel::rowOf(const LogPlace& place) const
{
    const auto at
        = std::lower_bound(m_lines.begin(), m_lines.end(), place, [](const LogLine& line, const LogPlace& place) { return line.place < place; });
    return int(at - m_lines.begin());
}

void LogModel::apply(const LogUpdate& update)
{
    const int dropped = int(update.dropFront), kept = int(update.keep), appended = int(update.append.size());
    if (dropped > 0) {
        beginRemoveRows({}, 0, dropped - 1);
        m_lines.erase(m_lines.begin(), m_lines.begin() + dropped);
        endRemoveRows();
    }
    if (count() > kept) {
        beginRemoveRows({}, kept, count() - 1);
        m_lines.erase(m_lines.begin() + kept, m_lines.end());
        endRemoveRows();
    }
    if (appended > 0) {
        beginInsertRows({}, kept, kept + appended - 1);
        m_lines.insert(m_lines.end(), update.append.begin(), update.append.end());
        endInsertRows();
    }
    emit applied(dropped, kept, appended);
    emit countChanged();
}

int LogModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : count(); }

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LogLine& line = m_lines[std::size_t(index.row())];
    switch (role) {
    case TextRole:
        return line.text;
    case TimeRole:
        return logStamp(line.place.time);
    case SourceRole:
        return line.source;
    case NoteRole:
        return line.kind == LogLine::Kind::Note;
    default:
        return {};
    }
}

QHash<int, QByteArray> LogModel::roleNames() const
{
    return { { TextRole, "text" }, { TimeRole, "time" }, { SourceRole, "source" }, { NoteRole, "note" } };
}

} // namespace kates::app
