// The OpenAPI v3 documents of one cluster, each asked for once when a kind of its group is first edited, parsed on the data thread, and kept. GUI
// thread.
#pragma once

#include <QHash>
#include <QObject>

#include <functional>

#include "app/connection/api_client.h"
#include "app/details/object_schema.h"

namespace kates::app {

inline constexpr int kSchemaDocumentsMax = 24; // kept at once; then the store starts over
inline constexpr std::size_t kSchemaBytesMax = 64u << 20; // a document that needs more memory is not used

class SchemaStore : public QObject {
    Q_OBJECT
public:
    using Answer = std::function<void(const ObjectSchema&)>; // a null schema: the server does not say

    SchemaStore(DataThread& thread, ApiClient& client, QString root, QObject* parent = nullptr);

    // Calls back on the GUI thread, unless `context` is gone by then; never before it returns.
    void find(const QString& apiVersion, const QString& kind, QObject* context, Answer answer);
    void forget(); // the server is somewhere else, or has new kinds

private:
    struct Document {
        bool loaded = false;
        api::Value value;
        std::vector<std::function<void(const api::Value&)>> waiting;
    };

    void load(const QString& apiVersion);
    void onLoaded(const std::shared_ptr<Document>& document, const ApiReply& reply);

    DataThread& m_thread;
    ApiClient& m_client;
    const QString m_root;
    QHash<QString, std::shared_ptr<Document>> m_documents; // by apiVersion
};

} // namespace kates::app
