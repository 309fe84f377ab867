// An application that knows how long its thread was held by one event, in CPU time of the thread, so that a busy machine does not count.
#pragma once

#include <QGuiApplication>

namespace kates::app::test {

[[nodiscard]] double threadCpuMs();
[[nodiscard]] double processCpuMs();
[[nodiscard]] double residentMiB();

class WatchedApplication : public QGuiApplication {
public:
    using QGuiApplication::QGuiApplication;
    bool notify(QObject* receiver, QEvent* event) override;

    void reset();
    void discount(double ms) { m_discount += ms; } // of the event at hand: spent on something that is counted apart
    double longestMs() const { return m_longest; }
    QString longestEvent() const { return m_what; }
    double busyMs() const { return m_busy; }

private:
    int m_depth = 0;
    double m_longest = 0, m_busy = 0, m_discount = 0;
    QString m_what;
};

} // namespace kates::app::test
