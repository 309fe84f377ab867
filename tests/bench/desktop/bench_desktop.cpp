// What the real window costs with many pods. See README.md for what the figures mean.
#include <QElapsedTimer>
#include <QFile>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>

#include "app/map/map_canvas.h"
#include "app/shell/window.h"
#include "tests/bench/desktop/served.h"
#include "tests/unit/app/support/watched_application.h"

using namespace kates::app;
using namespace kates::app::bench;
using namespace kates::app::test;

namespace {

constexpr int kWaitLimitMs = 120'000;
constexpr int kChurnMs = 10'000;

void row(const char* name, const QString& value) { std::printf("| %-58s | %16s |\n", name, qPrintable(value)), std::fflush(stdout); }
QString ms(double value) { return QString::number(value, 'f', 1) + QStringLiteral(" ms"); }

template <typename Condition> bool waitFor(Condition condition, int limitMs = kWaitLimitMs)
{
    QElapsedTimer clock;
    clock.start();
    while (!condition() && clock.elapsed() < limitMs)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents);
    return condition();
}

MapCanvas* largestCanvas(QQuickItem* item)
{
    auto* best = qobject_cast<MapCanvas*>(item);
    const auto children = item->childItems();
    for (QQuickItem* child : children) {
        MapCanvas* found = largestCanvas(child);
        if (found && (!best || found->width() > best->width()))
            best = found;
    }
    return best;
}

struct Frames {
    int count = 0;
    double longestGap = 0;
    QElapsedTimer last;
};

// Pans back and forth as fast as frames come.
Frames panFor(QQuickWindow* window, MapCanvas* canvas, int durationMs)
{
    Frames frames;
    QElapsedTimer clock;
    clock.start();
    frames.last.start();
    const auto connection = QObject::connect(window, &QQuickWindow::frameSwapped, window, [&] {
        frames.longestGap = std::max(frames.longestGap, double(frames.last.nsecsElapsed()) / 1e6);
        frames.last.restart();
        canvas->panBy(++frames.count % 60 < 30 ? 6 : -6, 0);
        window->update();
    });
    window->update();
    waitFor([&] { return clock.elapsed() > durationMs; });
    QObject::disconnect(connection);
    return frames;
}

QString loadAverage()
{
    QFile file(QStringLiteral("/proc/loadavg"));
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll().split(' ').value(0)) : QString();
}

void measureChanges(WatchedApplication& application, Window& window, Served& served, MapCanvas* canvas, int changes)
{
    MapModel* map = window.session().cluster()->map();
    served.change(changes);
    const quint64 scenes = map->scene()->serial;
    const double cpu = processCpuMs();
    application.reset();
    QElapsedTimer clock;
    clock.start();
    const Frames frames = panFor(window.window(), canvas, kChurnMs);
    const double seconds = double(clock.elapsed()) / 1000;
    row("changing: frames a second, panning all the time", QString::number(frames.count / seconds, 'f', 1));
    row("changing: longest time between two frames", ms(frames.longestGap));
    row("changing: pictures of the map a second (scenes)", QString::number(double(map->scene()->serial - scenes) / seconds, 'f', 1));
    row("changing: longest event on the GUI thread (CPU)", ms(application.longestMs()));
    row("   which was", application.longestEvent());
    row("changing: GUI thread busy", QString::number(application.busyMs() / seconds / 10, 'f', 0) + QStringLiteral(" %"));
    row("changing: whole window busy (of one core)", QString::number((processCpuMs() - cpu) / seconds / 10, 'f', 0) + QStringLiteral(" %"));
    served.change(0);
}

void measureTable(WatchedApplication& application, Window& window)
{
    ClusterSession& cluster = *window.session().cluster();
    if (!waitFor([&] { return cluster.catalog()->loaded(); }))
        return row("table", QStringLiteral("no catalog"));
    window.window()->setProperty("page", QStringLiteral("resources"));
    application.reset();
    QElapsedTimer clock;
    clock.start();
    cluster.openTable(QStringLiteral("pods"));
    if (waitFor([&] { return cluster.table()->rows()->count() > 0; }))
        row("pods table: first rows", ms(double(clock.elapsed())));
    row("pods table: longest event on the GUI thread (CPU)", ms(application.longestMs()));
    row("   which was", application.longestEvent());
}

int measure(int argc, char** argv, const Size& size, int changes)
{
    QElapsedTimer clock;
    clock.start();
    prepareApplication();
    WatchedApplication application(argc, argv);
    QTemporaryDir folder;
    CommandLine options;
    options.connectionFile = folder.filePath(QStringLiteral("engine.kubeconfig"));
    options.cluster = QStringLiteral("large");
    options.page = QStringLiteral("map:placement");
    options.theme = QStringLiteral("dark");
    options.size = QSize(1280, 800);
    Served served;
    if (!served.start(QCoreApplication::applicationFilePath(), size, options.connectionFile))
        return 1;
    std::printf("\n%d nodes, %d pods, %d changes a second; platform %s, %s; load %s\n\n", size.nodes, size.pods(), changes,
        qPrintable(QGuiApplication::platformName()), qgetenv("QT_QUICK_BACKEND").constData(), qPrintable(loadAverage()));
    clock.restart(); // the server is no part of the window's start
    Window window(options);
    if (!window.isLoaded())
        return 1;
    bool shown = false;
    QObject::connect(window.window(), &QQuickWindow::frameSwapped, window.window(), [&shown] { shown = true; });
    waitFor([&] { return shown; });
    row("start to the first frame", ms(double(clock.elapsed())));
    Session& session = window.session();
    MapCanvas* canvas = nullptr;
    const bool usable = waitFor([&] {
        if (!session.cluster() || session.cluster()->map()->cellCount() < size.pods())
            return false;
        canvas = canvas ? canvas : largestCanvas(window.window()->contentItem());
        return canvas && canvas->settled();
    });
    if (!usable)
        return 1;
    row("start to usable (all pods on the map, drawn)", ms(double(clock.elapsed())));
    row("memory when usable (RSS)", QString::number(residentMiB(), 'f', 0) + QStringLiteral(" MiB"));
    row("until then: longest event on the GUI thread (CPU)", ms(application.longestMs()));
    row("   which was", application.longestEvent());
    measureChanges(application, window, served, canvas, changes);
    row("memory afterwards (RSS)", QString::number(residentMiB(), 'f', 0) + QStringLiteral(" MiB"));
    measureTable(application, window);
    row("memory with the table (RSS)", QString::number(residentMiB(), 'f', 0) + QStringLiteral(" MiB"));
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const auto number = [&](int index, int otherwise) { return argc > index ? std::atoi(argv[index]) : otherwise; };
    if (argc > 4 && qstrcmp(argv[1], "--serve") == 0)
        return serve(argc, argv, { number(2, 1), number(3, 1) }, QString::fromLocal8Bit(argv[4]));
    const Size size { number(1, 400), number(2, 25) };
    return measure(argc, argv, size, number(3, 500));
}
