// The objects behind a FakeClient: one revision counter, a history of changes, watches with selectors.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "engine/api/selector.h"
#include "engine/client/client.h"

namespace kates::test {

class FakeWatch;

class FakeStorage {
public:
    explicit FakeStorage(Loop& loop) : m_loop(loop) {}

    const api::Value* find(const client::Resource& resource, std::string_view ns, std::string_view name) const;
    std::vector<api::Value> all(const client::Resource& resource, std::string_view ns = {}) const;
    // Gives the object its resourceVersion, keeps it and tells the watches. `object` null: removes.
    api::Value commit(const client::Resource& resource, std::string_view ns, std::string_view name, api::Value object);
    std::uint64_t revision() const { return m_revision; }

    api::ApiResult<std::unique_ptr<client::WatchStream>> watch(const client::Resource& resource, std::string ns, const client::ListOptions& options);
    void breakWatches();
    void forgetHistory(); // an older resourceVersion is Expired from now on

private:
    friend class FakeWatch;
    struct Change {
        std::uint64_t revision;
        std::string table;
        api::Value before, after; // null: not there
    };
    static std::string tableOf(const client::Resource& resource) { return resource.group + "/" + resource.plural; }
    Loop& m_loop;
    std::uint64_t m_revision = 1, m_forgotten = 0;
    std::map<std::string, std::map<std::string, api::Value>, std::less<>> m_tables;
    std::deque<Change> m_history;
    std::vector<FakeWatch*> m_watches;
};

} // namespace kates::test
