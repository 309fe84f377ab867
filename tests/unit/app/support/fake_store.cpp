#include "tests/unit/app/support/fake_store.h"

#include <QDateTime>
#include <QUuid>

#include "app/base/text.h"

namespace kates::app::test {

std::string keyOfObject(const api::Value& object)
{
    const std::string_view ns = object.str("metadata", "namespace");
    return (ns.empty() ? std::string() : std::string(ns) + '/') + std::string(object.str("metadata", "name"));
}

void FakeStore::add(const FakeResource& resource) { m_collections.push_back(std::make_unique<FakeCollection>(resource)); }

FakeCollection* FakeStore::find(const QString& groupVersionPath, const QString& plural)
{
    for (const auto& collection : m_collections) {
        if (collection->resource.groupVersionPath == groupVersionPath && collection->resource.plural == plural)
            return collection.get();
    }
    return nullptr;
}

api::Value FakeStore::prepared(const FakeCollection& collection, api::Value object) const
{
    const QString path = collection.resource.groupVersionPath;
    const qsizetype group = path.indexOf(QLatin1String("/apis/"));
    object.set("apiVersion", toStd(group >= 0 ? path.mid(group + 6) : path.section(u'/', -1)));
    object.set("kind", toStd(collection.resource.kind));
    api::Value& metadata = object.edit("metadata");
    if (metadata.str("uid").empty())
        metadata.set("uid", toStd(QUuid::createUuid().toString(QUuid::WithoutBraces)));
    if (metadata.str("creationTimestamp").empty())
        metadata.set("creationTimestamp", toStd(QDateTime::currentDateTimeUtc().toString(Qt::ISODate)));
    return object;
}

api::Value FakeStore::put(FakeCollection& collection, api::Value object)
{
    object = prepared(collection, std::move(object));
    object.edit("metadata").set("resourceVersion", std::to_string(++m_revision));
    const std::string key = keyOfObject(object);
    const bool known = collection.objects.contains(key);
    collection.objects[key] = object;
    collection.history.push_back({ m_revision, known ? "MODIFIED" : "ADDED", object });
    return object;
}

bool FakeStore::remove(FakeCollection& collection, const std::string& key)
{
    const auto known = collection.objects.find(key);
    if (known == collection.objects.end())
        return false;
    api::Value object = known->second;
    object.edit("metadata").set("resourceVersion", std::to_string(++m_revision));
    collection.objects.erase(known);
    collection.history.push_back({ m_revision, "DELETED", object });
    return true;
}

void FakeStore::compact()
{
    ++m_revision;
    for (const auto& collection : m_collections) {
        collection->history.clear();
        collection->compacted = m_revision;
    }
}

} // namespace kates::app::test
