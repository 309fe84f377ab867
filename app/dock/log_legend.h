// Where the lines of a log come from: one entry per pod (per container, when it is the log of one pod), each with a colour, to be switched off and on.
// GUI thread.
#pragma once

#include <QAbstractListModel>
#include <QSet>
#include <qqmlregistration.h>

#include "app/dock/log_collector.h"

namespace kates::app {

class LogLegend : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int hiddenCount READ hiddenCount NOTIFY hiddenChanged)
public:
    enum Roles { NameRole = Qt::UserRole, ShownRole, StateRole };
    enum State { Reading = int(LogCollector::State::Reading), Broken = int(LogCollector::State::Broken), Ended = int(LogCollector::State::Ended) };
    Q_ENUM(State)

    explicit LogLegend(bool byContainer, QObject* parent = nullptr);

    int count() const { return int(m_entries.size()); }
    int hiddenCount() const;
    void add(int source, const LogSource& what);
    void setState(int source, LogCollector::State state);
    void clear(); // what is switched off stays so, by name

    Q_INVOKABLE void setShown(int row, bool shown);
    Q_INVOKABLE void toggle(int row) { setShown(row, !index(row).data(ShownRole).toBool()); }
    Q_INVOKABLE void showOnly(int row);
    Q_INVOKABLE void showAll();

    QSet<int> hiddenSources() const;
    int entryOf(int source) const { return m_entryOf.value(source, 0); } // also the index of its colour
    QString nameOf(int source) const; // "pod", or "pod/container" when the pod has several
    int longestName() const { return m_longestName; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void countChanged();
    void hiddenChanged();

private:
    struct Entry {
        QString name;
        QList<int> sources;
    };
    LogCollector::State stateOf(const Entry& entry) const;
    void hiddenHasChanged();

    const bool m_byContainer;
    std::vector<Entry> m_entries;
    QList<LogSource> m_sources;
    QList<LogCollector::State> m_states;
    QList<int> m_entryOf; // by source
    QSet<QString> m_hidden; // names
    int m_longestName = 0;
};

} // namespace kates::app
