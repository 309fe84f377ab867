#include "app/details/schema_store.h"

#include <QPointer>

#include "app/base/text.h"

namespace kates::app {

SchemaStore::SchemaStore(DataThread& thread, ApiClient& client, QString root, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_root(std::move(root))
{
}

void SchemaStore::forget() { m_documents.clear(); }

void SchemaStore::find(const QString& apiVersion, const QString& kind, QObject* context, Answer answer)
{
    const bool fresh = !m_documents.contains(apiVersion);
    if (fresh && m_documents.size() >= kSchemaDocumentsMax)
        m_documents.clear();
    std::shared_ptr<Document>& document = m_documents[apiVersion];
    if (!document)
        document = std::make_shared<Document>();
    const qsizetype slash = apiVersion.indexOf(u'/');
    // Looking a kind up goes through the whole document: on the data thread.
    auto look = [this, guard = QPointer(context), answer = std::move(answer), kind, group = apiVersion.left(std::max<qsizetype>(slash, 0)),
                    version = apiVersion.mid(slash + 1)](const api::Value& value) {
        m_thread.compute(
            this, [value, group, version, kind] { return ObjectSchema(value, toStd(group), toStd(version), toStd(kind)); },
            [guard, answer](const ObjectSchema& schema) {
                if (guard)
                    answer(schema);
            });
    };
    if (document->loaded)
        look(document->value);
    else
        document->waiting.push_back(std::move(look));
    if (fresh)
        load(apiVersion);
}

void SchemaStore::load(const QString& apiVersion)
{
    const QString path = (apiVersion.contains(u'/') ? QStringLiteral("/openapi/v3/apis/") : QStringLiteral("/openapi/v3/api/")) + apiVersion;
    m_client.send(getRequest(m_root + path), this, [this, document = m_documents[apiVersion]](const ApiReply& reply) { onLoaded(document, reply); });
}

void SchemaStore::onLoaded(const std::shared_ptr<Document>& document, const ApiReply& reply)
{
    // What could not be read is asked for again the next time.
    if (!reply)
        m_documents.removeIf([&](const auto& entry) { return entry.value() == document; });
    m_thread.compute(
        this,
        [value = reply ? reply->document : api::Value()] { return value.memoryBytes() <= kSchemaBytesMax ? value : api::Value(); },
        [document](const api::Value& value) {
            document->loaded = true;
            document->value = value;
            for (const auto& look : std::exchange(document->waiting, {}))
                look(value);
        });
}

} // namespace kates::app
