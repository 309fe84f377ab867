#include "tests/unit/app/support/fake_connection.h"

#include "app/base/text.h"
#include "engine/api/json.h"
#include "tests/unit/app/support/fake_handlers.h"

namespace kates::app::test {

using api::Value;

FakeConnection::FakeConnection(FakeApiServer& server, QSslSocket* socket)
    : m_server(server)
    , m_socket(socket)
{
    socket->setParent(this);
    connect(socket, &QSslSocket::readyRead, this, &FakeConnection::onReadyRead);
    connect(socket, &QSslSocket::disconnected, this, &QObject::deleteLater);
    m_server.m_connections.push_back(this);
}

FakeConnection::~FakeConnection() { std::erase(m_server.m_connections, this); }

void FakeConnection::drop() { m_socket->abort(); }

void FakeConnection::endLog(const QString& path)
{
    if (m_followed != path)
        return;
    m_followed.clear();
    m_socket->write("0\r\n\r\n");
    m_socket->flush();
}

void FakeConnection::onReadyRead()
{
    m_buffer += m_socket->readAll();
    while (takeRequest()) { }
}

bool FakeConnection::takeRequest()
{
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QByteArrayList lines = m_buffer.left(end).split('\n');
    FakeRequest request;
    qsizetype length = 0;
    for (const QByteArray& line : lines.mid(1)) {
        const QByteArray name = line.left(line.indexOf(':')).toLower(), value = line.mid(line.indexOf(':') + 1).trimmed();
        if (name == "content-length")
            length = value.toLongLong();
        else if (name == "accept")
            request.accept = value;
        else if (name == "content-type")
            request.contentType = value;
        else if (name == "authorization")
            request.authorization = value;
    }
    if (m_buffer.size() < end + 4 + length)
        return false;
    const QByteArrayList words = lines.first().trimmed().split(' ');
    const QUrl url = QUrl::fromEncoded(words.value(1));
    request.method = words.first();
    request.path = url.path();
    request.query = QUrlQuery(url);
    request.body = m_buffer.mid(end + 4, length);
    m_buffer.remove(0, end + 4 + length);
    m_server.m_requests.append(QString::fromLatin1(request.method + ' ' + words.value(1)));
    answer(request);
    return true;
}

void FakeConnection::answer(const FakeRequest& request)
{
    FakeHandlers handlers(m_server);
    const FakeTarget target = handlers.resolve(request.path);
    const bool allowed = request.authorization == "Bearer test-token" && !m_server.m_refusal;
    if (allowed && target.collection && request.query.queryItemValue(QStringLiteral("watch")) == QLatin1String("1")) {
        const std::int64_t from = request.query.queryItemValue(QStringLiteral("resourceVersion")).toLongLong();
        if (from < target.collection->compacted)
            return send(FakeHandlers::status(api::expired("too old resource version")));
        m_watched = target.collection;
        m_watchedNamespace = target.ns;
        m_watchedFields = api::FieldSelector::parse(toStd(request.query.queryItemValue(QStringLiteral("fieldSelector"), QUrl::FullyDecoded)))
                              .value_or(api::FieldSelector());
        m_watchTable = request.accept.contains("as=Table");
        m_sentRevision = from;
        beginStream();
        return sendNews();
    }
    if (allowed && target.collection && target.subresource == QLatin1String("log")) {
        m_followed = request.path;
        m_sentLines = 0;
        beginStream();
        sendNews();
        if (request.query.queryItemValue(QStringLiteral("follow")) != QLatin1String("true"))
            endLog(request.path);
        return;
    }
    send(handlers.handle(request));
}

void FakeConnection::beginStream()
{
    m_socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    m_socket->flush();
}

void FakeConnection::sendNews()
{
    if (m_watched) {
        for (const FakeEvent& event : m_watched->history) {
            if (event.revision <= m_sentRevision)
                continue;
            m_sentRevision = event.revision;
            if (!m_watchedNamespace.isEmpty() && event.object.str("metadata", "namespace") != toStd(m_watchedNamespace))
                continue;
            if (!m_watchedFields.matches(event.object))
                continue;
            Value object = event.object;
            if (m_watchTable) {
                object = Value::object(
                    { { "kind", "Table" }, { "metadata", Value::object({ { "resourceVersion", std::to_string(event.revision) } }) } });
                object.set("rows", Value::array({ FakeHandlers::row(m_watched->resource, event.object) }));
            }
            sendChunk(QByteArray::fromStdString(api::toJson(Value::object({ { "type", event.type }, { "object", object } }))) + '\n');
        }
    }
    if (!m_followed.isEmpty()) {
        const QByteArrayList& lines = m_server.m_logs[m_followed.left(m_followed.size() - 4)];
        for (; m_sentLines < lines.size(); ++m_sentLines)
            sendChunk(lines[m_sentLines] + '\n');
    }
}

void FakeConnection::sendChunk(const QByteArray& bytes)
{
    m_socket->write(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
    m_socket->flush();
}

void FakeConnection::send(const FakeAnswer& answer)
{
    m_socket->write("HTTP/1.1 " + QByteArray::number(answer.code) + " X\r\nContent-Type: " + answer.contentType
        + "\r\nContent-Length: " + QByteArray::number(answer.body.size()) + "\r\n\r\n" + answer.body);
    m_socket->flush();
}

} // namespace kates::app::test
