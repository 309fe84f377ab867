#include "app/connection/line_stream.h"

#include <utility>

namespace kates::app {

namespace {

int codeOf(const QNetworkReply& reply) { return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(); }

} // namespace

LineStream::LineStream(QObject* parent)
    : QObject(parent)
{
}

LineStream::~LineStream() { close(); }

void LineStream::open(ApiClient& client, const ApiRequest& request)
{
    close();
    m_reply = client.openStream(request);
    if (!m_reply) {
        api::StatusError error;
        error.code = 0;
        error.reason = kUnreachable;
        error.message = "The engine is not running.";
        emit ended(false, error);
        return;
    }
    connect(m_reply.get(), &QNetworkReply::readyRead, this, &LineStream::onReadyRead);
    connect(m_reply.get(), &QNetworkReply::metaDataChanged, this, [this] {
        if (!m_opened && codeOf(*m_reply) == 200) {
            m_opened = true;
            emit opened();
        }
    });
    connect(m_reply.get(), &QNetworkReply::finished, this, &LineStream::onFinished);
}

void LineStream::close()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply.reset();
    }
    m_pending.clear();
    m_opened = m_tooLong = m_skipping = false;
}

void LineStream::onReadyRead()
{
    if (codeOf(*m_reply) != 200)
        return; // the body of an error is read when it is complete
    QByteArrayList complete;
    takeLines(complete);
    if (m_pending.size() > kStreamLineBytesMax) {
        m_tooLong = true;
        m_reply->abort();
        return;
    }
    if (!complete.isEmpty())
        emit lines(complete);
}

void LineStream::takeLines(QByteArrayList& lines)
{
    qsizetype searched = m_pending.size(); // no line ends in what was there
    m_pending += m_reply->readAll();
    qsizetype start = 0;
    for (qsizetype end; (end = m_pending.indexOf('\n', std::max(start, searched))) >= 0; start = end + 1) {
        if (!std::exchange(m_skipping, false))
            lines.append(m_pending.mid(start, m_lineMax > 0 ? std::min(m_lineMax, end - start) : end - start));
    }
    m_pending.remove(0, start);
    if (m_skipping) {
        m_pending.clear();
    } else if (m_lineMax > 0 && m_pending.size() > m_lineMax) {
        lines.append(m_pending.left(m_lineMax));
        m_pending.clear();
        m_skipping = true;
    }
}

void LineStream::onFinished()
{
    const DataPtr<QNetworkReply> reply = std::move(m_reply);
    const bool inOrder = codeOf(*reply) == 200 && reply->error() == QNetworkReply::NoError;
    api::StatusError error;
    if (m_tooLong) {
        error.code = 0;
        error.reason = kMalformed;
        error.message = "The server sent a line longer than 16 MB.";
    } else if (!inOrder) {
        error = ApiClient::errorOf(*reply, codeOf(*reply) == 200 ? QByteArray() : reply->readAll());
    } else if (!m_pending.isEmpty()) {
        emit lines({ m_pending });
    }
    m_pending.clear();
    m_opened = m_tooLong = m_skipping = false;
    emit ended(inOrder, error);
}

} // namespace kates::app
