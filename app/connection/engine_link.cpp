#include "app/connection/engine_link.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include "app/base/text.h"

namespace kates::app {

namespace {

constexpr int kSettleMs = 30;
constexpr int kStartLimitMs = 15'000;

QString enginePath()
{
    const QString beside = QCoreApplication::applicationDirPath() + QStringLiteral("/kates");
    return QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(QStringLiteral("kates"));
}

} // namespace

EngineLink::EngineLink(ApiClient& client, QString connectionFile, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_file(std::move(connectionFile))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, &EngineLink::reload);
    m_startLimit.setSingleShot(true);
    m_startLimit.setInterval(kStartLimitMs);
    connect(&m_startLimit, &QTimer::timeout, this, [this] {
        m_starting = false;
        setState(m_state, tr("The engine was started but has not become reachable. Run “kates engine” in a terminal to see why."));
    });
    const auto soon = [this] { m_settle.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, soon);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, soon);
    QMetaObject::invokeMethod(this, &EngineLink::reload, Qt::QueuedConnection);
}

void EngineLink::watchFile()
{
    const QString folder = QFileInfo(m_file).absolutePath();
    QDir().mkpath(folder);
    m_watcher.addPath(folder);
    if (QFileInfo::exists(m_file))
        m_watcher.addPath(m_file); // replaced files fall out of the watch, so this is repeated
}

void EngineLink::reload()
{
    watchFile();
    if (!QFileInfo::exists(m_file)) {
        m_endpoint = {};
        setState(NotRunning, tr("The engine is not running."));
        return;
    }
    const auto endpoint = readConnectionFile(m_file);
    if (!endpoint) {
        setState(Refused, displayText(endpoint.error().message));
        return;
    }
    if (*endpoint == m_endpoint)
        return;
    m_endpoint = *endpoint;
    m_client.setEndpoint(m_endpoint);
    m_wasConnected = false;
    setState(Connecting, {});
    emit endpointChanged();
}

void EngineLink::startEngine()
{
    const QString program = enginePath();
    if (program.isEmpty()) {
        setState(m_state, tr("The program “kates” was found neither beside this one nor in the PATH."));
        return;
    }
    if (!QProcess::startDetached(program, { QStringLiteral("engine") })) {
        setState(m_state, tr("“%1 engine” could not be started.").arg(program));
        return;
    }
    m_starting = true;
    m_startLimit.start();
    setState(m_state, {});
}

void EngineLink::onInformer(Informer::State state, const api::StatusError& error)
{
    if (!m_endpoint.isValid())
        return;
    if (state == Informer::State::Live) {
        m_wasConnected = true;
        m_starting = false;
        m_startLimit.stop();
        setState(Connected, {});
    } else if (state == Informer::State::Waiting) {
        if (error.code != 0)
            setState(Refused, errorSentence(error));
        else if (m_wasConnected)
            setState(Reconnecting, errorSentence(error));
        else
            setState(NotRunning, tr("The engine is not running: %1").arg(errorSentence(error)));
    }
}

void EngineLink::setState(State state, const QString& problem)
{
    m_state = state;
    m_problem = problem;
    emit stateChanged();
}

} // namespace kates::app
