#include "tests/unit/app/support/watched_application.h"

#include <QFile>
#include <QThread>

#include <ctime>
#include <unistd.h>

namespace kates::app::test {

namespace {

double clockMs(clockid_t id)
{
    timespec time {};
    clock_gettime(id, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

} // namespace

double threadCpuMs() { return clockMs(CLOCK_THREAD_CPUTIME_ID); }
double processCpuMs() { return clockMs(CLOCK_PROCESS_CPUTIME_ID); }

double residentMiB()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

bool WatchedApplication::notify(QObject* receiver, QEvent* event)
{
    if (QThread::currentThread() != thread() || m_depth > 0)
        return QGuiApplication::notify(receiver, event);
    ++m_depth;
    m_discount = 0;
    const double start = threadCpuMs();
    const QString what = QString::fromLatin1(receiver->metaObject()->className()) + u' ' + QString::number(event->type());
    const bool result = QGuiApplication::notify(receiver, event);
    --m_depth;
    const double took = threadCpuMs() - start - m_discount;
    m_busy += took;
    if (took > m_longest) {
        m_longest = took;
        m_what = what;
    }
    return result;
}

void WatchedApplication::reset()
{
    m_longest = m_busy = 0;
    m_what.clear();
}

} // namespace kates::app::test
