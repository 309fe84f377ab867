#include "tests/bench/desktop/served.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <cstdio>
#include <unistd.h>

#include "tests/unit/app/support/scenario.h"

namespace kates::app::bench {

using namespace test;

namespace {

constexpr int kStepsPerSecond = 50;
constexpr int kStartLimitMs = 300'000;

void changeOne(FakeApiServer& server, const Size& size, int serial)
{
    PodOptions pod;
    const int node = serial * 7 % size.nodes;
    pod.name = QStringLiteral("load-%1-%2").arg(node).arg(serial % size.podsPerNode);
    pod.node = QStringLiteral("sim-%1").arg(node, 4, 10, QLatin1Char('0'));
    pod.app = QStringLiteral("load");
    pod.state = serial % 3 == 0 ? QStringLiteral("CrashLoopBackOff") : serial % 3 == 1 ? QStringLiteral("Starting") : QStringLiteral("Running");
    pod.restarts = serial % 9;
    server.put(FakeApiServer::corePath(QStringLiteral("large")), QStringLiteral("pods"), makePod(pod));
}

} // namespace

int serve(int argc, char** argv, const Size& size, const QString& connectionFile)
{
    QCoreApplication application(argc, argv);
    FakeApiServer server;
    server.addCluster(QStringLiteral("large"));
    server.putYaml(FakeApiServer::enginePath(), QStringLiteral("clusters"),
        "{metadata: {name: large}, spec: {masters: 1, running: true}, status: {phase: Running}}");
    populateLarge(server, QStringLiteral("large"), size.nodes, size.podsPerNode);
    server.writeConnectionFile(connectionFile);
    int perSecond = 0, serial = 0;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, [&] {
        for (int i = 0; i < perSecond / kStepsPerSecond; ++i)
            changeOne(server, size, serial++);
    });
    timer.start(1000 / kStepsPerSecond);
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, [&] {
        char line[64] = {};
        if (read(STDIN_FILENO, line, sizeof line - 1) <= 0)
            QCoreApplication::quit();
        perSecond = std::atoi(line);
    });
    std::puts("ready");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

bool Served::start(const QString& program, const Size& size, const QString& connectionFile)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program, { QStringLiteral("--serve"), QString::number(size.nodes), QString::number(size.podsPerNode), connectionFile });
    return m_process.waitForReadyRead(kStartLimitMs) && m_process.readAllStandardOutput().startsWith("ready");
}

void Served::change(int podsPerSecond)
{
    m_process.write(QByteArray::number(podsPerSecond) + '\n');
    m_process.waitForBytesWritten();
}

Served::~Served()
{
    m_process.closeWriteChannel();
    m_process.waitForFinished();
}

} // namespace kates::app::bench
