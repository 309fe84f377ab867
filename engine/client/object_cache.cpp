#include "engine/client/object_cache.h"

#include <cassert>

#include "engine/api/meta.h"

namespace kates::client {

namespace {

constexpr std::string_view kNamespaceIndex = "namespace";

std::string cacheKey(std::string_view ns, std::string_view name)
{
    std::string key;
    key.reserve(ns.size() + 1 + name.size());
    key.append(ns).append(1, '/').append(name);
    return key;
}

std::string cacheKey(const api::Value& object)
{
    api::ObjectMeta meta(object);
    return cacheKey(meta.ns(), meta.name());
}

} // namespace

void ObjectCache::Index::insert(const std::string& objectKey, const api::Value& object)
{
    for (auto& key : keysOf(object))
        objects[std::move(key)].insert(objectKey);
}

void ObjectCache::Index::remove(const std::string& objectKey, const api::Value& object)
{
    for (const auto& key : keysOf(object)) {
        auto found = objects.find(key);
        if (found == objects.end())
            continue;
        found->second.erase(objectKey);
        if (found->second.empty())
            objects.erase(found);
    }
}

ObjectCache::ObjectCache()
{
    addIndex(
        std::string(kNamespaceIndex), [](const api::Value& object) { return std::vector<std::string>{std::string(api::ObjectMeta(object).ns())}; });
}

void ObjectCache::addIndex(std::string name, KeysOf keysOf)
{
    auto [place, inserted] = m_indexes.try_emplace(std::move(name));
    if (!inserted)
        return; // two users of one informer may want the same index
    place->second.keysOf = std::move(keysOf);
    for (const auto& [key, object] : m_objects)
        place->second.insert(key, object);
}

api::Value ObjectCache::put(api::Value object)
{
    std::string key = cacheKey(object);
    api::Value& place = m_objects[key];
    api::Value before = std::exchange(place, std::move(object));
    for (auto& [name, index] : m_indexes) {
        if (!before.isNull())
            index.remove(key, before);
        index.insert(key, place);
    }
    return before;
}

api::Value ObjectCache::erase(std::string_view ns, std::string_view name)
{
    auto found = m_objects.find(cacheKey(ns, name));
    if (found == m_objects.end())
        return {};
    api::Value before = std::move(found->second);
    for (auto& [indexName, index] : m_indexes)
        index.remove(found->first, before);
    m_objects.erase(found);
    return before;
}

const api::Value* ObjectCache::get(std::string_view ns, std::string_view name) const
{
    auto found = m_objects.find(cacheKey(ns, name));
    return found == m_objects.end() ? nullptr : &found->second;
}

std::vector<api::Value> ObjectCache::byIndex(std::string_view index, std::string_view key) const
{
    auto place = m_indexes.find(index);
    assert(place != m_indexes.end() && "addIndex() first");
    std::vector<api::Value> objects;
    auto found = place->second.objects.find(std::string(key));
    if (found == place->second.objects.end())
        return objects;
    objects.reserve(found->second.size());
    for (const auto& objectKey : found->second)
        objects.push_back(m_objects.at(objectKey));
    return objects;
}

std::vector<api::Value> ObjectCache::byNamespace(std::string_view ns) const
{
    if (!ns.empty())
        return byIndex(kNamespaceIndex, ns);
    std::vector<api::Value> objects;
    objects.reserve(m_objects.size());
    for (const auto& [key, object] : m_objects)
        objects.push_back(object);
    return objects;
}

void ObjectCache::forEach(const std::function<void(const api::Value&)>& visit) const
{
    for (const auto& [key, object] : m_objects)
        visit(object);
}

} // namespace kates::client
