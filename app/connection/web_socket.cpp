#include "app/connection/web_socket.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QtEndian>

#include "app/base/text.h"
#include "engine/api/json.h"

namespace kates::app {

namespace {

constexpr const char* kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3
enum Opcode { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };
constexpr int kHeaderMin = 2;

QByteArray headerOf(const QByteArrayList& lines, const char* name)
{
    const QByteArray prefix = QByteArray(name).toLower() + ':';
    for (const QByteArray& line : lines) {
        if (line.toLower().startsWith(prefix))
            return line.mid(prefix.size()).trimmed();
    }
    return {};
}

} // namespace

WebSocket::WebSocket(QObject* parent)
    : QObject(parent)
    , m_socket(this)
{
    m_socket.setReadBufferSize(kWebSocketReadBuffer);
    connect(&m_socket, &QSslSocket::readyRead, this, &WebSocket::onReadyRead);
    connect(&m_socket, &QSslSocket::bytesWritten, this, &WebSocket::sent);
    connect(&m_socket, &QSslSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        if (error == QAbstractSocket::RemoteHostClosedError)
            return; // disconnected() follows, when what came was read
        finish(0, tr("The connection failed: %1.").arg(m_socket.errorString()));
    });
    connect(&m_socket, &QSslSocket::disconnected, this, [this] {
        m_gone = true;
        onReadyRead();
    });
}

WebSocket::~WebSocket()
{
    m_socket.disconnect(this);
    m_socket.abort();
}

void WebSocket::open(const Endpoint& endpoint, const QString& path, const QUrlQuery& query, const QByteArrayList& protocols)
{
    QUrl url = endpoint.server;
    url.setPath(url.path(QUrl::FullyEncoded) + path, QUrl::TolerantMode);
    url.setQuery(query);
    const QByteArray target = url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
    const QByteArray host = url.authority(QUrl::FullyEncoded).toLatin1();
    m_offered = protocols;
    m_state = State::Connecting;
    m_socket.setSslConfiguration(tlsConfiguration(endpoint));
    connect(&m_socket, &QSslSocket::encrypted, this,
        [this, target, host, protocols, token = endpoint.token] { sendUpgrade(target, host, protocols, token); });
    m_socket.connectToHostEncrypted(url.host(), quint16(url.port(443)));
}

void WebSocket::sendUpgrade(const QByteArray& target, const QByteArray& host, const QByteArrayList& protocols, const QByteArray& token)
{
    m_state = State::Answer;
    quint32 random[4];
    QRandomGenerator::system()->fillRange(random);
    m_key = QByteArray(reinterpret_cast<const char*>(random), sizeof random).toBase64();
    m_socket.write("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: " + m_key + "\r\nSec-WebSocket-Protocol: " + protocols.join(", ") + "\r\nUser-Agent: kates-desktop\r\n"
        + (token.isEmpty() ? QByteArray() : "Authorization: Bearer " + token + "\r\n") + "\r\n");
}

void WebSocket::setReading(bool reading)
{
    m_reading = reading;
    if (reading)
        QMetaObject::invokeMethod(this, &WebSocket::onReadyRead, Qt::QueuedConnection);
}

qint64 WebSocket::unsent() const { return m_socket.bytesToWrite() + m_socket.encryptedBytesToWrite(); }

void WebSocket::send(const QByteArray& message)
{
    if (m_state == State::Open)
        sendFrame(Binary, message);
}

void WebSocket::close()
{
    if (m_state == State::Open) {
        sendFrame(Close, QByteArray("\x03\xe8", 2));
        m_state = State::Closing;
        m_reading = true;
        m_socket.disconnectFromHost();
    } else if (m_state != State::Closed) {
        finish(0, {});
    }
}

void WebSocket::onReadyRead()
{
    // A frame may delete this by what is connected to message().
    const QPointer<WebSocket> guard(this);
    while (guard && (m_state == State::Answer || (m_reading && m_state == State::Open))) {
        if (m_socket.bytesAvailable() > 0)
            m_buffer += m_socket.readAll();
        if (!(m_state == State::Answer ? takeAnswer() : takeFrame()))
            break;
    }
    if (guard && m_gone && (m_reading || m_state != State::Open))
        finish(0, m_state == State::Closing ? QString() : tr("The server closed the connection."));
}

bool WebSocket::takeAnswer()
{
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    if (end < 0) {
        if (m_buffer.size() > kWebSocketAnswerMax)
            finish(0, tr("The server's answer cannot be read."));
        return false;
    }
    const QByteArrayList lines = m_buffer.left(end).split('\n');
    const int code = lines.first().split(' ').value(1).toInt();
    if (code != 101) {
        const qsizetype length = std::min(headerOf(lines, "Content-Length").toLongLong(), qlonglong(kWebSocketAnswerMax));
        const bool complete = m_buffer.size() >= end + 4 + length || m_socket.state() != QAbstractSocket::ConnectedState;
        if (complete)
            finish(code, problemOf(m_buffer.mid(end + 4), lines));
        return false;
    }
    const QByteArray expected = QCryptographicHash::hash(m_key + kGuid, QCryptographicHash::Sha1).toBase64();
    m_protocol = headerOf(lines, "Sec-WebSocket-Protocol");
    if (headerOf(lines, "Sec-WebSocket-Accept") != expected || !m_offered.contains(m_protocol)) {
        finish(0, tr("The server does not speak the protocol that this needs."));
        return false;
    }
    m_buffer.remove(0, end + 4);
    m_state = State::Open;
    emit opened();
    return true;
}

QString WebSocket::problemOf(const QByteArray& body, const QByteArrayList& lines) const
{
    const auto document = api::parseJson({ body.constData(), std::size_t(body.size()) });
    if (document && document->str("kind") == "Status")
        return displayText(document->str("message"), 500);
    const QString text = displayText({ body.constData(), std::size_t(body.size()) }, 500).trimmed();
    return !text.isEmpty() ? text : tr("The server answered %1.").arg(displayText(lines.first().mid(9).trimmed().toStdString(), 100));
}

bool WebSocket::takeFrame()
{
    if (m_buffer.size() < kHeaderMin)
        return false;
    const auto byte = [&](qsizetype i) { return uchar(m_buffer[i]); };
    quint64 length = byte(1) & 0x7F;
    const qsizetype extra = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (m_buffer.size() < kHeaderMin + extra)
        return false;
    if (extra == 2)
        length = qFromBigEndian<quint16>(m_buffer.constData() + kHeaderMin);
    else if (extra == 8)
        length = qFromBigEndian<quint64>(m_buffer.constData() + kHeaderMin);
    if (length > quint64(kWebSocketMessageMax) || (byte(1) & 0x80)) {
        finish(0, tr("The server's message cannot be read."));
        return false;
    }
    const qsizetype start = kHeaderMin + extra;
    if (quint64(m_buffer.size() - start) < length)
        return false;
    const int first = byte(0);
    const QByteArray payload = m_buffer.mid(start, qsizetype(length));
    m_buffer.remove(0, start + qsizetype(length));
    onFrame(first & 0x0F, first & 0x80, payload);
    return true;
}

void WebSocket::onFrame(int opcode, bool last, const QByteArray& payload)
{
    switch (opcode) {
    case Ping:
        return sendFrame(Pong, payload);
    case Close:
        sendFrame(Close, payload.left(2));
        m_state = State::Closing;
        m_socket.disconnectFromHost();
        return finish(0, {});
    case Continuation:
    case Text:
    case Binary:
        m_fragments += payload;
        if (m_fragments.size() > kWebSocketMessageMax)
            return finish(0, tr("The server's message cannot be read."));
        if (last)
            emit message(std::exchange(m_fragments, {}));
        return;
    default:
        return; // a Pong
    }
}

void WebSocket::sendFrame(int opcode, const QByteArray& payload)
{
    QByteArray frame;
    frame.reserve(payload.size() + 14);
    frame += char(0x80 | opcode);
    const auto size = quint64(payload.size());
    if (size < 126) {
        frame += char(0x80 | size);
    } else {
        const int bytes = size <= 0xFFFF ? 2 : 8;
        frame += char(0x80 | (bytes == 2 ? 126 : 127));
        for (int i = bytes - 1; i >= 0; --i)
            frame += char(size >> (8 * i) & 0xFF);
    }
    const quint32 mask = QRandomGenerator::global()->generate();
    const char* key = reinterpret_cast<const char*>(&mask);
    frame.append(key, 4);
    const qsizetype start = frame.size();
    frame += payload;
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame[start + i] = char(frame[start + i] ^ key[i % 4]);
    m_socket.write(frame);
}

void WebSocket::finish(int code, const QString& problem)
{
    if (m_state == State::Closed)
        return;
    const bool politely = m_state == State::Closing;
    m_state = State::Closed;
    if (!politely)
        m_socket.abort();
    emit closed(code, problem);
}

} // namespace kates::app
