// The visible lines of a log as a list. GUI thread; changed only by the updates of a LogFeed.
#pragma once

#include <QAbstractListModel>
#include <qqmlregistration.h>

#include <deque>

#include "app/dock/log_feed.h"

namespace kates::app {

class LogModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Roles { TextRole = Qt::UserRole, TimeRole, SourceRole, NoteRole };
    using QAbstractListModel::QAbstractListModel;

    int count() const { return int(m_lines.size()); }
    const LogLine& line(int row) const { return m_lines[std::size_t(row)]; }
    // The first line that is not before this place; count() when there is none.
    int rowOf(const LogPlace& place) const;
    void apply(const LogUpdate& update);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void countChanged();
    // After each apply(): what a view that keeps positions needs.
    void applied(int dropped, int kept, int appended);

private:
    std::deque<LogLine> m_lines;
};

} // namespace kates::app
