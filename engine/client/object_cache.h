// The objects of one resource by namespace and name, with indexes: what an informer holds.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/api/value.h"

namespace kates::client {

class ObjectCache {
public:
    using KeysOf = std::function<std::vector<std::string>(const api::Value&)>;

    ObjectCache();
    // Objects that are already there are indexed too.
    void addIndex(std::string name, KeysOf keysOf);

    // The object that was there before, or the null value.
    api::Value put(api::Value object);
    api::Value erase(std::string_view ns, std::string_view name);

    const api::Value* get(std::string_view ns, std::string_view name) const; // until the next change
    // In the order of namespace and name. An index that nobody added is a programming error.
    std::vector<api::Value> byIndex(std::string_view index, std::string_view key) const;
    std::vector<api::Value> byNamespace(std::string_view ns) const; // empty: all
    std::size_t size() const { return m_objects.size(); }
    void forEach(const std::function<void(const api::Value&)>& visit) const;

private:
    struct Index {
        KeysOf keysOf;
        std::unordered_map<std::string, std::set<std::string>> objects; // index key → object keys
        void insert(const std::string& objectKey, const api::Value& object);
        void remove(const std::string& objectKey, const api::Value& object);
    };
    std::unordered_map<std::string, api::Value> m_objects; // by "namespace/name"
    std::map<std::string, Index, std::less<>> m_indexes;
};

} // namespace kates::client
