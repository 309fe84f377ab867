#include "app/dock/log_model.h"

namespace kates::app {

void LogModel::append(const QList<LogLine>& lines)
{
    if (lines.isEmpty())
        return;
    const int excess = count() + int(lines.size()) - kLogLinesMax;
    if (excess > 0) {
        const int drop = std::min(count(), std::max(excess, kLogDropLines));
        beginRemoveRows({}, 0, drop - 1);
        m_lines.erase(m_lines.begin(), m_lines.begin() + drop);
        endRemoveRows();
        m_dropped += drop;
    }
    beginInsertRows({}, count(), count() + int(lines.size()) - 1);
    m_lines.insert(m_lines.end(), lines.begin(), lines.end());
    endInsertRows();
    emit countChanged();
}

void LogModel::clear()
{
    beginResetModel();
    m_lines.clear();
    m_dropped = 0;
    endResetModel();
    emit countChanged();
}

int LogModel::find(const QString& needle, int from, bool backwards) const
{
    if (needle.isEmpty() || m_lines.empty())
        return -1;
    const int step = backwards ? -1 : 1;
    int row = std::clamp(from, -1, count());
    for (int tried = 0; tried < count(); ++tried) {
        row = (row + step + count()) % count();
        if (m_lines[std::size_t(row)].text.contains(needle, Qt::CaseInsensitive))
            return row;
    }
    return -1;
}

QString LogModel::allText() const
{
    QString text;
    for (const LogLine& line : m_lines)
        text += line.text + u'\n';
    return text;
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
        return line.time;
    case SourceRole:
        return line.source;
    default:
        return {};
    }
}

QHash<int, QByteArray> LogModel::roleNames() const { return { { TextRole, "text" }, { TimeRole, "time" }, { SourceRole, "source" } }; }

} // namespace kates::app
