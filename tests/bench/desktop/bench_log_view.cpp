// See README.md.
#include <QGuiApplication>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QtTest>

#include "app/shell/window.h"
#include "tests/unit/app/support/scenario.h"
#include "tests/unit/app/support/watched_application.h"

using namespace kates::app;
using namespace kates::app::test;

namespace {

constexpr int kLines = 100'000;
const QString kPod = FakeApiServer::corePath(QStringLiteral("dev")) + QStringLiteral("/namespaces/shop/pods/web-x7k2q0");

// What frames take, apart from the events that they are drawn in.
struct Frames {
    double start = 0, total = 0, longest = 0;
    int count = 0;
};
Frames g_frames;

WatchedApplication& app() { return *static_cast<WatchedApplication*>(QCoreApplication::instance()); }

void startCounting()
{
    app().reset();
    g_frames = {};
}

void report(const char* what, qint64 wallMs)
{
    std::printf("%-34s %6lld ms  GUI longest %5.1f ms  frames %4d  mean %5.1f ms  longest %5.1f ms  memory %4.0f MB\n", what, (long long)wallMs,
        app().longestMs(), g_frames.count, g_frames.count ? g_frames.total / g_frames.count : 0, g_frames.longest, residentMiB() * (1 << 20) / 1e6);
}

void say(FakeApiServer& server, int from, int count)
{
    for (int i = from; i < from + count; ++i)
        server.appendLog(kPod,
            QStringLiteral("2026-11-24T10:%1:%2.%3Z \x1b[32mINFO\x1b[0m request %4 GET /api/items/%5 took %6 ms for client 10.244.1.17 agent curl/8.5")
                .arg(i / 60'000 % 60, 2, 10, QLatin1Char('0'))
                .arg(i / 1000 % 60, 2, 10, QLatin1Char('0'))
                .arg(i % 1000, 3, 10, QLatin1Char('0'))
                .arg(i)
                .arg(i * 7 % 1000)
                .arg(i % 97)
                .toUtf8());
}

void wheel(QWindow* window, const QPointF& at, int delta)
{
    QWheelEvent event(at, window->mapToGlobal(at), {}, QPoint(0, delta), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(window, &event);
}

} // namespace

int main(int argc, char** argv)
{
    WatchedApplication application(argc, argv);
    FakeApiServer server;
    populate(server);
    QTemporaryDir folder;
    CommandLine options;
    options.connectionFile = folder.filePath(QStringLiteral("engine.kubeconfig"));
    options.size = QSize(1280, 800);
    server.writeConnectionFile(options.connectionFile);
    Window window(options);
    Session& session = window.session();
    const auto until = [](const auto& done) {
        if (!QTest::qWaitFor(done, 120'000))
            qFatal("it did not come");
    };
    QObject::connect(window.window(), &QQuickWindow::beforeFrameBegin, [] { g_frames.start = threadCpuMs(); });
    QObject::connect(window.window(), &QQuickWindow::afterFrameEnd, [] {
        const double took = threadCpuMs() - g_frames.start;
        app().discount(took);
        g_frames.total += took;
        g_frames.longest = std::max(g_frames.longest, took);
        ++g_frames.count;
    });
    until([&] { return session.engine()->state() == EngineLink::Connected; });
    session.openCluster(QStringLiteral("dev"));
    until([&] { return session.cluster()->catalog()->loaded() && session.cluster()->synced(); });
    session.cluster()->openDetails(QStringLiteral("v1"), QStringLiteral("Pod"), QStringLiteral("shop"), QStringLiteral("web-x7k2q0"));
    until([&] { return session.cluster()->details()->found(); });
    session.cluster()->openLogs();
    session.cluster()->details()->close();
    LogSession& log = *session.cluster()->dock()->log();

    QElapsedTimer clock;
    startCounting();
    clock.start();
    std::unique_ptr<QThread> writer(QThread::create([&] { say(server, 0, kLines); }));
    writer->start();
    until([&] { return log.lines()->count() >= kLines; });
    writer->wait();
    report("100,000 lines arrive, followed", clock.elapsed());

    startCounting();
    clock.restart();
    writer.reset(QThread::create([&] {
        for (int burst = 0; burst < 50; ++burst) {
            say(server, kLines + burst * 500, 500);
            QThread::msleep(100);
        }
    }));
    writer->start();
    until([&] { return log.dropped() >= 25'000; });
    writer->wait();
    report("5,000 lines a second, ring full", clock.elapsed());

    auto* canvas = window.window()->findChild<QQuickItem*>(QStringLiteral("logCanvas"));
    const QPointF middle = canvas->mapToScene(QPointF(canvas->width() / 2, canvas->height() / 2));
    startCounting();
    clock.restart();
    for (int i = 0; i < 300; ++i) {
        wheel(window.window(), middle, i % 3 == 0 ? 1200 : 120);
        QTest::qWait(5);
    }
    report("300 turns of the wheel", clock.elapsed());

    startCounting();
    clock.restart();
    log.setSearch(QStringLiteral("items/7\\d+ took (1|2)"), true);
    until([&] { return log.complete() && log.hits() > 0; });
    report("search by expression", clock.elapsed());

    startCounting();
    clock.restart();
    log.setFilter(QStringLiteral("items/77"), false);
    until([&] { return log.complete() && log.lines()->count() < 5000; });
    report("filter", clock.elapsed());
    startCounting();
    clock.restart();
    log.setFilter({}, false);
    until([&] { return log.complete() && log.lines()->count() == kLines; });
    report("filter off", clock.elapsed());

    startCounting();
    clock.restart();
    canvas->setProperty("wrap", true);
    QTest::qWait(100);
    report("wrap", clock.elapsed());
    return 0;
}
