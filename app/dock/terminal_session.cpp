#include "app/dock/terminal_session.h"

#include <QUrlQuery>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include "app/base/text.h"
#include "engine/api/json.h"

namespace kates::app {

namespace {

enum Channel : char { StandardInput = 0, StandardOutput = 1, StandardError = 2, Status = 3, Resize = 4 };

// The best shell that the image has.
constexpr const char* kShell = "TERM=xterm-256color; export TERM; command -v bash >/dev/null 2>&1 && exec bash; exec sh";

} // namespace

TerminalSession::TerminalSession(
    const Endpoint& endpoint, const QString& root, const QString& ns, const QString& pod, const QString& container, QObject* parent)
    : QObject(parent)
    , m_endpoint(endpoint)
    , m_path(ResourceRef { root, {}, QStringLiteral("v1"), QStringLiteral("pods"), true }.objectPath(ns, pod, QStringLiteral("exec")))
    , m_container(container)
    , m_title(pod + u'/' + container)
    , m_command(QStringLiteral("kubectl exec -it %1 -n %2 -c %3 -- sh").arg(pod, ns, container))
    , m_screen(24, 80)
{
    m_screen.changed = [this] { emit screenChanged(); };
    m_screen.written = [this](const QByteArray& bytes) { send(StandardInput, bytes); };
    open();
}

TerminalSession::~TerminalSession()
{
    m_screen.changed = nullptr;
    m_screen.written = nullptr;
    if (m_socket)
        m_socket->disconnect(this);
}

void TerminalSession::open()
{
    m_connected = m_ended = false;
    m_problem.clear();
    m_socket = std::make_unique<QWebSocket>();
    connect(m_socket.get(), &QWebSocket::connected, this, [this] {
        m_connected = true;
        sendSize();
        emit stateChanged();
    });
    connect(m_socket.get(), &QWebSocket::binaryMessageReceived, this, &TerminalSession::onMessage);
    connect(m_socket.get(), &QWebSocket::disconnected, this, [this] { end(m_connected ? QString() : m_socket->errorString()); });
    connect(m_socket.get(), qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, [this] { end(m_socket->errorString()); });

    QUrl url = m_endpoint.server;
    url.setScheme(QStringLiteral("wss"));
    url.setPath(url.path(QUrl::FullyEncoded) + m_path, QUrl::TolerantMode);
    QUrlQuery query;
    for (const char* part : { "/bin/sh", "-c", kShell })
        query.addQueryItem(QStringLiteral("command"), QString::fromLatin1(QUrl::toPercentEncoding(QLatin1String(part))));
    query.addQueryItem(QStringLiteral("container"), m_container);
    for (const char* stream : { "stdin", "stdout", "tty" })
        query.addQueryItem(QLatin1String(stream), QStringLiteral("true"));
    url.setQuery(query);
    QNetworkRequest request(url);
    request.setRawHeader("Authorization", "Bearer " + m_endpoint.token);
    m_socket->setSslConfiguration(tlsConfiguration(m_endpoint));
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({ QStringLiteral("v5.channel.k8s.io"), QStringLiteral("v4.channel.k8s.io") });
    m_socket->open(request, options);
    emit stateChanged();
}

void TerminalSession::reconnect()
{
    if (m_ended)
        open();
}

void TerminalSession::onMessage(const QByteArray& message)
{
    if (message.isEmpty())
        return;
    const QByteArray bytes = message.mid(1);
    if (message[0] == StandardOutput || message[0] == StandardError)
        m_screen.write(bytes);
    else if (message[0] == Status)
        onStatus(bytes);
}

void TerminalSession::onStatus(const QByteArray& json)
{
    const auto status = api::parseJson({ json.constData(), std::size_t(json.size()) });
    if (!status || status->str("status") == "Success")
        return end({});
    for (const api::Value& cause : status->get("details", "causes")) {
        if (cause.str("reason") == "ExitCode")
            return end(tr("The shell ended with code %1.").arg(displayText(cause.str("message"), 20)));
    }
    end(displayText(status->str("message"), 500));
}

void TerminalSession::end(const QString& problem)
{
    if (m_ended)
        return;
    m_ended = true;
    m_connected = false;
    m_problem = problem.isEmpty() ? tr("The shell has ended.") : problem;
    emit stateChanged();
}

void TerminalSession::send(char channel, const QByteArray& bytes)
{
    if (m_connected)
        m_socket->sendBinaryMessage(QByteArray(1, channel) + bytes);
}

void TerminalSession::resize(int rows, int columns)
{
    m_screen.resize(rows, columns);
    sendSize();
}

void TerminalSession::sendSize()
{
    send(Resize, QStringLiteral(R"({"Width":%1,"Height":%2})").arg(m_screen.columns()).arg(m_screen.rows()).toUtf8());
}

} // namespace kates::app
