// A WebSocket (RFC 6455, client side) to the API server, with what QWebSocket lacks: reading can be paused, so that a server that sends faster than
// somebody takes is held up by TCP instead of filling memory; and a refused upgrade says why (the server's Status). Binary messages only.
// Lives on the thread it was made on.
#pragma once

#include <QObject>
#include <QPointer>
#include <QSslSocket>
#include <QUrlQuery>

#include "app/connection/endpoint.h"

namespace kates::app {

inline constexpr qint64 kWebSocketMessageMax = 4 << 20;
inline constexpr qint64 kWebSocketReadBuffer = 256 << 10;
inline constexpr qsizetype kWebSocketAnswerMax = 64 << 10; // of a server that refuses

class WebSocket : public QObject {
    Q_OBJECT
public:
    explicit WebSocket(QObject* parent = nullptr);
    ~WebSocket() override; // closes without a signal

    // Once. The server chooses among the protocols.
    void open(const Endpoint& endpoint, const QString& path, const QUrlQuery& query, const QByteArrayList& protocols);
    void send(const QByteArray& message); // dropped before opened() and after closed()
    qint64 unsent() const; // bytes that the network has not taken yet
    void setReading(bool reading);
    void close(); // says good-bye; closed() follows

    QByteArray protocol() const { return m_protocol; } // after opened()

signals:
    void opened();
    void message(const QByteArray& message);
    void sent(); // some of what was unsent has gone
    // Once, at the end. `code` is the HTTP status of a server that refused, otherwise 0; `problem` is a sentence, or empty after an end in order.
    void closed(int code, const QString& problem);

private:
    enum class State { Idle, Connecting, Answer, Open, Closing, Closed };
    void sendUpgrade(const QByteArray& target, const QByteArray& host, const QByteArrayList& protocols, const QByteArray& token);
    void onReadyRead();
    bool takeAnswer();
    QString problemOf(const QByteArray& head, const QByteArrayList& lines) const;
    bool takeFrame();
    void onFrame(int opcode, bool last, const QByteArray& payload);
    void sendFrame(int opcode, const QByteArray& payload);
    void finish(int code, const QString& problem);

    QSslSocket m_socket;
    State m_state = State::Idle;
    bool m_reading = true, m_gone = false; // gone: the peer; what it sent may still be unread
    QByteArray m_key, m_protocol, m_buffer, m_fragments;
    QByteArrayList m_offered;
};

} // namespace kates::app
