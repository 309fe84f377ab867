// HTTPS to one API server by Qt Network. It lives on the data thread; documents are parsed there.
//
// HTTP/1.1 only: QNetworkAccessManager keeps at most six connections to a host, so long-lived streams go over managers of their own
// (kStreamsPerManager each) and can never starve the ordinary requests.
#pragma once

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QSslConfiguration>

#include <functional>
#include <memory>
#include <vector>

#include "app/base/data_thread.h"
#include "app/connection/api_request.h"
#include "app/connection/endpoint.h"

namespace kates::app {

inline constexpr int kStreamsPerManager = 5;
inline constexpr qint64 kAnswerBytesMax = 256ll << 20;

class ApiClient : public QObject {
    Q_OBJECT
public:
    using Callback = std::function<void(ApiReply)>;

    explicit ApiClient(DataThread& thread);
    ~ApiClient() override;

    // Any thread. Requests that are under way finish with the old endpoint.
    void setEndpoint(const Endpoint& endpoint);

    // Any thread. Requests below these paths ("/clusters/prod") that could change something are refused here with reason kReadOnlyHere. Dry runs and
    // access reviews change nothing and go on.
    void setGuardedRoots(const QSet<QString>& roots);

    // Any thread. Calls back exactly once, on the thread of `context`, which is the GUI thread or the data thread; not at all once `context` is gone.
    // Every failure is a StatusError: the server's own, or one with reason kUnreachable, kTimedOut or kMalformed and code 0.
    void send(const ApiRequest& request, QObject* context, Callback callback);

    // Data thread. Opens a streamed answer; the caller owns the reply. nullptr when there is no endpoint.
    DataPtr<QNetworkReply> openStream(const ApiRequest& request);

    // Data thread. What a finished reply without a usable answer means.
    static api::StatusError errorOf(QNetworkReply& reply, const QByteArray& body);

private:
    struct StreamManager {
        DataPtr<QNetworkAccessManager> manager;
        int streams = 0;
    };

    void setEndpointHere(const Endpoint& endpoint);
    void sendHere(const ApiRequest& request, std::function<void(ApiReply)> deliver);
    bool isGuarded(const ApiRequest& request) const;
    QNetworkRequest networkRequest(const ApiRequest& request) const;
    QNetworkReply* start(QNetworkAccessManager& manager, const ApiRequest& request);

    DataThread& m_thread;
    Endpoint m_endpoint;
    QSslConfiguration m_tls;
    QSet<QString> m_guarded;
    std::shared_ptr<QNetworkAccessManager> m_requests;
    std::vector<std::shared_ptr<StreamManager>> m_streams;
};

} // namespace kates::app
