// The objects of a fake API server: revisions, watch history, the four ways of changing. Not synchronised; see FakeApiServer.
#pragma once

#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <vector>

#include "engine/api/status.h"
#include "engine/api/value.h"

namespace kates::app::test {

// A resource and where its collection stands: "/clusters/dev/api/v1" + "pods".
struct FakeResource {
    QString groupVersionPath;
    QString plural;
    QString kind;
    bool namespaced = true;
    QStringList shortNames;
};

struct FakeEvent {
    std::int64_t revision;
    std::string type; // ADDED, MODIFIED, DELETED
    api::Value object;
};

class FakeCollection {
public:
    explicit FakeCollection(FakeResource resource)
        : resource(std::move(resource))
    {
    }
    FakeResource resource;
    std::map<std::string, api::Value> objects; // by "namespace/name" or "name"
    std::vector<FakeEvent> history;
    std::int64_t compacted = 0; // watches from before this get 410
};

class FakeStore {
public:
    void add(const FakeResource& resource);
    FakeCollection* find(const QString& groupVersionPath, const QString& plural);
    const std::vector<std::unique_ptr<FakeCollection>>& collections() const { return m_collections; }
    std::int64_t revision() const { return m_revision; }

    // Creates or replaces; fills apiVersion, kind, uid, creationTimestamp and resourceVersion.
    api::Value put(FakeCollection& collection, api::Value object);
    bool remove(FakeCollection& collection, const std::string& key);
    // What put() would store, without storing it.
    api::Value prepared(const FakeCollection& collection, api::Value object) const;
    // Forgets the history: every watch from before now must list anew.
    void compact();

private:
    std::vector<std::unique_ptr<FakeCollection>> m_collections;
    std::int64_t m_revision = 100;
};

std::string keyOfObject(const api::Value& object);

} // namespace kates::app::test
