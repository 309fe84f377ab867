// A streamed answer cut into lines: watch events, container logs. Lives on the data thread.
#pragma once

#include <QByteArrayList>
#include <QObject>

#include "app/connection/api_client.h"

namespace kates::app {

inline constexpr qsizetype kStreamLineBytesMax = 16 << 20;

class LineStream : public QObject {
    Q_OBJECT
public:
    explicit LineStream(QObject* parent = nullptr);
    ~LineStream() override;

    // Ends a stream that is open, without a signal, and opens another.
    void open(ApiClient& client, const ApiRequest& request);
    void close();
    // Lines beyond it are cut there and the rest of them dropped, where the stream would otherwise end at kStreamLineBytesMax.
    void setLineMax(qsizetype bytes) { m_lineMax = bytes; }

signals:
    void opened(); // the server said 200
    void lines(const QByteArrayList& lines); // without their line ends; never empty
    // The end, once per open(): `code` is 200 for a stream that ended in order; otherwise `error` says why.
    void ended(bool inOrder, const kates::api::StatusError& error);

private:
    void onReadyRead();
    void onFinished();
    void takeLines(QByteArrayList& lines);

    DataPtr<QNetworkReply> m_reply;
    QByteArray m_pending; // the line that is not complete yet
    bool m_opened = false;
    bool m_tooLong = false;
    qsizetype m_lineMax = 0; // 0: none
    bool m_skipping = false; // the rest of a line that was cut
};

} // namespace kates::app
