// Log lines as a list: the last hundred thousand. GUI thread.
#pragma once

#include <QAbstractListModel>
#include <qqmlregistration.h>

#include <deque>

#include "app/dock/log_collector.h"

namespace kates::app {

inline constexpr int kLogLinesMax = 100'000;
inline constexpr int kLogDropLines = 2000; // dropped at once, so that a full model does not move with every line

class LogModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int dropped READ dropped NOTIFY countChanged)
public:
    enum Roles { TextRole = Qt::UserRole, TimeRole, SourceRole };
    using QAbstractListModel::QAbstractListModel;

    int count() const { return int(m_lines.size()); }
    int dropped() const { return m_dropped; } // lines that were let go because there were too many
    void append(const QList<LogLine>& lines);
    void clear();

    // The next line from `from` (exclusive) that contains `needle`, going round; -1 when there is none.
    Q_INVOKABLE int find(const QString& needle, int from, bool backwards) const;
    Q_INVOKABLE QString allText() const; // for the clipboard

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void countChanged();

private:
    std::deque<LogLine> m_lines;
    int m_dropped = 0;
};

} // namespace kates::app
