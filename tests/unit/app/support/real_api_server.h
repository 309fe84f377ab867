// Kates' real API server (kates-test-apiserver, its store in memory) for tests of what only a real one answers: schemas, managed fields, conflicts,
// evictions, access reviews.
#pragma once

#include <QProcess>
#include <QTemporaryDir>

#include "app/connection/api_client.h"

namespace kates::app::test {

class RealApiServer {
public:
    // `program`: the path of kates-test-apiserver. Ready when this returns; a test cannot go on without it.
    explicit RealApiServer(const QString& program);
    ~RealApiServer();

    ApiClient& client() { return *m_client; } // an administrator's
    DataThread& thread() { return m_thread; }
    // A client of its own for a service account, which may do what its roles say.
    DataPtr<ApiClient> clientOf(const QString& ns, const QString& serviceAccount);

    // Each waits for the answer, which must not be an error.
    api::Value send(const ApiRequest& request);
    api::Value post(const QString& path, const char* yaml);
    api::Value apply(const QString& path, const char* manager, const char* yaml);

private:
    DataThread m_thread;
    QTemporaryDir m_folder;
    QProcess m_process;
    Endpoint m_endpoint;
    DataPtr<ApiClient> m_client;
};

} // namespace kates::app::test
