// One connection of a client to the FakeApiServer: HTTP/1.1 with keep-alive, and a watch or a log that stays open.
#pragma once

#include <QSslSocket>
#include <QUrlQuery>

#include "engine/api/selector.h"
#include "tests/unit/app/support/fake_api_server.h"

namespace kates::app::test {

struct FakeRequest {
    QByteArray method;
    QString path;
    QUrlQuery query;
    QByteArray accept, contentType, authorization;
    QByteArray body;
};

struct FakeAnswer {
    int code = 200;
    QByteArray contentType = "application/json";
    QByteArray body;
};

class FakeConnection : public QObject {
public:
    FakeConnection(FakeApiServer& server, QSslSocket* socket);
    ~FakeConnection() override;

    bool watching() const { return m_watched || !m_followed.isEmpty(); }
    // Sends what happened since the last event that was sent.
    void sendNews();
    void drop();
    void endLog(const QString& path); // when it is the one that is followed

private:
    void onReadyRead();
    bool takeRequest();
    void answer(const FakeRequest& request);
    void beginStream();
    void sendChunk(const QByteArray& bytes);
    void send(const FakeAnswer& answer);

    FakeApiServer& m_server;
    QSslSocket* m_socket;
    QByteArray m_buffer;
    FakeCollection* m_watched = nullptr;
    QString m_watchedNamespace;
    api::FieldSelector m_watchedFields;
    bool m_watchTable = false;
    std::int64_t m_sentRevision = 0;
    QString m_followed; // the path of a pod whose log is followed
    qsizetype m_sentLines = 0;
};

} // namespace kates::app::test
