// The log of a pod, of one container, or of a whole workload: its pods come and go, their lines are merged. GUI thread.
#pragma once

#include <QUrl>
#include <qqmlregistration.h>

#include "app/dock/log_legend.h"
#include "app/dock/log_model.h"
#include "app/dock/pod_selection.h"
#include "app/informer/informer.h"

namespace kates::app {

class LogSession : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the dock")
    Q_PROPERTY(QString title READ title CONSTANT)
    Q_PROPERTY(QString command READ command CONSTANT) // kubectl's
    Q_PROPERTY(kates::app::LogModel* lines READ lines CONSTANT)
    Q_PROPERTY(kates::app::LogLegend* legend READ legend CONSTANT)
    Q_PROPERTY(bool previous READ previous WRITE setPrevious NOTIFY previousChanged)
    // What is searched for and what is filtered by; the errors are sentences about an expression.
    Q_PROPERTY(QString searchText READ searchText NOTIFY searchChanged)
    Q_PROPERTY(QString searchError READ searchError NOTIFY searchChanged)
    Q_PROPERTY(QString filterText READ filterText NOTIFY filterChanged)
    Q_PROPERTY(QString filterError READ filterError NOTIFY filterChanged)
    Q_PROPERTY(int hits READ hits NOTIFY countsChanged) // visible lines that the search finds
    Q_PROPERTY(int hitOrdinal READ hitOrdinal NOTIFY hitChanged) // of the current one, from 1; 0: none
    Q_PROPERTY(int total READ total NOTIFY countsChanged) // lines kept, hidden ones too
    Q_PROPERTY(double dropped READ dropped NOTIFY countsChanged) // let go because there were too many
    Q_PROPERTY(bool complete READ complete NOTIFY countsChanged)
public:
    LogSession(DataThread& thread, ApiClient& client, const QString& root, QString title, QString command, PodSelection selection, Informer& pods,
        QObject* parent = nullptr);
    ~LogSession() override;

    QString title() const { return m_title; }
    QString command() const { return m_command; }
    LogModel* lines() { return &m_lines; }
    LogLegend* legend() { return &m_legend; }
    bool previous() const { return m_previous; }
    void setPrevious(bool previous);

    const LogPattern& search() const { return m_search; }
    QString searchText() const { return m_search.text(); }
    QString searchError() const { return m_search.error(); }
    QString filterText() const { return m_filter.text(); }
    QString filterError() const { return m_filter.error(); }
    int hits() const { return m_hits; }
    int hitOrdinal() const { return m_hit.ordinal; }
    const LogHit& hit() const { return m_hit; }
    int total() const { return int(m_total); }
    double dropped() const { return double(m_dropped); }
    bool complete() const { return m_complete; }

    Q_INVOKABLE void setSearch(const QString& text, bool expression);
    Q_INVOKABLE void setFilter(const QString& text, bool expression);
    // From the current hit, or from `place` when there is none.
    void findNext(bool backwards, LogPlace place);

    // Puts the visible lines of a range on the clipboard; copied() when that is done.
    void copy(const LogRange& range, bool times);
    Q_INVOKABLE void copyAll(bool times);
    // Writes the visible lines to a file, with where they come from; saved() says how it went.
    Q_INVOKABLE void save(const QUrl& file, bool times);

signals:
    void previousChanged();
    void searchChanged();
    void filterChanged();
    void countsChanged();
    void hitChanged();
    void copied();
    void saved(const QString& sentence, bool done);

private:
    void openCollector();
    void followPods(LogCollector* collector);
    void sendFilter();
    void take(const LogUpdate& update);
    std::function<QString(const LogLine&)> prefix(bool times) const;
    template <typename Work> void withFeed(Work work);

    DataThread& m_thread;
    ApiClient& m_client;
    const QString m_root, m_title, m_command;
    const PodSelection m_selection;
    QPointer<Informer> m_pods;
    DataPtr<LogCollector> m_collector;
    LogModel m_lines;
    LogLegend m_legend;
    LogPattern m_search, m_filter;
    LogHit m_hit;
    int m_hits = 0;
    qint64 m_total = 0, m_dropped = 0;
    bool m_previous = false, m_complete = false;
};

} // namespace kates::app
