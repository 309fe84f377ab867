#include "app/shell/notices.h"

namespace kates::app {

void Notices::add(Level level, const QString& title, const QString& detail)
{
    if (m_notices.size() == kNoticesMax) {
        beginRemoveRows({}, 0, 0);
        m_notices.removeFirst();
        endRemoveRows();
    }
    const int row = int(m_notices.size());
    beginInsertRows({}, row, row);
    m_notices.append({ level, title, detail, ++m_lastSerial });
    endInsertRows();
}

void Notices::dismiss(int serial)
{
    for (int row = 0; row < m_notices.size(); ++row) {
        if (m_notices[row].serial != serial)
            continue;
        beginRemoveRows({}, row, row);
        m_notices.removeAt(row);
        endRemoveRows();
        return;
    }
}

int Notices::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_notices.size()); }

QVariant Notices::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Notice& notice = m_notices[index.row()];
    switch (role) {
    case LevelRole:
        return notice.level;
    case TitleRole:
        return notice.title;
    case DetailRole:
        return notice.detail;
    case SerialRole:
        return notice.serial;
    default:
        return {};
    }
}

QHash<int, QByteArray> Notices::roleNames() const
{
    return { { LevelRole, "level" }, { TitleRole, "title" }, { DetailRole, "detail" }, { SerialRole, "serial" } };
}

} // namespace kates::app
