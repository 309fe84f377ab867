#include "tests/support/fake_storage.h"

#include <algorithm>

#include "engine/api/meta.h"

namespace kates::test {

// Events arrive in a later turn of the loop than the write that caused them, as over a network.
class FakeWatch : public client::WatchStream {
public:
    FakeWatch(FakeStorage& storage, std::string table, std::string ns, api::LabelSelector labels, api::FieldSelector fields)
        : m_storage(storage), m_table(std::move(table)), m_ns(std::move(ns)), m_labels(std::move(labels)), m_fields(std::move(fields))
    {
        m_storage.m_watches.push_back(this);
    }
    ~FakeWatch() override { std::erase(m_storage.m_watches, this); }

    Task<api::ApiResult<std::vector<client::WatchEvent>>> next() override
    {
        auto first = co_await m_events->next();
        if (!first)
            co_return api::ApiFailure(api::serviceUnavailable("the watch is broken"));
        std::vector<client::WatchEvent> events{std::move(*first)};
        while (m_events->size()) {
            auto more = co_await m_events->next();
            events.push_back(std::move(*more));
        }
        co_return events;
    }
    void stop() override { m_events->close(); }

    void offer(const FakeStorage::Change& change)
    {
        if (change.table != m_table)
            return;
        using Type = client::WatchEvent::Type;
        const bool before = selects(change.before), after = selects(change.after);
        if (!before && !after)
            return;
        api::Value object = change.after;
        if (!after) {
            object = change.after.isNull() ? change.before : change.after;
            object.edit("metadata").set("resourceVersion", std::to_string(change.revision));
        }
        client::WatchEvent event{!before ? Type::Added : after ? Type::Modified : Type::Deleted, std::move(object)};
        m_storage.m_loop.post([events = m_events, event = std::move(event)] { events->push(event); });
    }

private:
    bool selects(const api::Value& object) const
    {
        if (object.isNull() || (!m_ns.empty() && api::ObjectMeta(object).ns() != m_ns))
            return false;
        return m_labels.matches(api::ObjectMeta(object).labels()) && m_fields.matches(object);
    }
    FakeStorage& m_storage;
    std::string m_table, m_ns;
    api::LabelSelector m_labels;
    api::FieldSelector m_fields;
    std::shared_ptr<Channel<client::WatchEvent>> m_events = std::make_shared<Channel<client::WatchEvent>>();
};

namespace {
std::string keyOf(std::string_view ns, std::string_view name)
{
    return std::string(ns) + "/" + std::string(name);
}
} // namespace

const api::Value* FakeStorage::find(const client::Resource& resource, std::string_view ns, std::string_view name) const
{
    auto table = m_tables.find(tableOf(resource));
    if (table == m_tables.end())
        return nullptr;
    auto found = table->second.find(keyOf(ns, name));
    return found == table->second.end() ? nullptr : &found->second;
}

std::vector<api::Value> FakeStorage::all(const client::Resource& resource, std::string_view ns) const
{
    std::vector<api::Value> objects;
    auto table = m_tables.find(tableOf(resource));
    if (table == m_tables.end())
        return objects;
    for (const auto& [key, object] : table->second) {
        if (ns.empty() || api::ObjectMeta(object).ns() == ns)
            objects.push_back(object);
    }
    return objects;
}

api::Value FakeStorage::commit(const client::Resource& resource, std::string_view ns, std::string_view name, api::Value object)
{
    auto& table = m_tables[tableOf(resource)];
    const std::string key = keyOf(ns, name);
    Change change{++m_revision, tableOf(resource), {}, {}};
    if (auto found = table.find(key); found != table.end())
        change.before = found->second;
    if (object.isNull()) {
        table.erase(key);
    } else {
        object.edit("metadata").set("resourceVersion", std::to_string(m_revision));
        table[key] = object;
        change.after = object;
    }
    m_history.push_back(change);
    for (FakeWatch* watch : m_watches)
        watch->offer(change);
    return object;
}

api::ApiResult<std::unique_ptr<client::WatchStream>> FakeStorage::watch(
    const client::Resource& resource, std::string ns, const client::ListOptions& options)
{
    auto labels = api::LabelSelector::parse(options.labelSelector);
    auto fields = api::FieldSelector::parse(options.fieldSelector);
    if (!labels || !fields)
        return api::ApiFailure(api::badRequest("bad selector"));
    const std::uint64_t from = options.resourceVersion.empty() ? m_revision : std::stoull(options.resourceVersion);
    if (from < m_forgotten)
        return api::ApiFailure(api::expired("too old resource version: " + options.resourceVersion));
    auto watch = std::make_unique<FakeWatch>(*this, tableOf(resource), std::move(ns), *labels, *fields);
    for (const auto& change : m_history) {
        if (change.revision > from)
            watch->offer(change);
    }
    return std::unique_ptr<client::WatchStream>(std::move(watch));
}

void FakeStorage::breakWatches()
{
    for (FakeWatch* watch : std::vector<FakeWatch*>(m_watches))
        watch->stop();
}

void FakeStorage::forgetHistory()
{
    m_history.clear();
    m_forgotten = m_revision;
}

} // namespace kates::test
