#include "engine/client/informer.h"

#include <unordered_set>

#include "engine/client/object_cache.h"
#include "engine/client/reflector.h"

namespace kates::client {

namespace {

std::string_view resourceVersion(const api::Value& object)
{
    return api::ObjectMeta(object).resourceVersion();
}

class ReflectorInformer : public Informer, private ReflectorTarget {
public:
    ReflectorInformer(Loop& loop, std::shared_ptr<Client> client, Random& random, const Resource& resource, const ListOptions& options)
        : m_reflector(loop, std::move(client), random, resource, options, *this)
    {
    }

    void addHandler(InformerHandler handler) override
    {
        m_handlers.push_back(std::make_unique<InformerHandler>(std::move(handler)));
        const InformerHandler& added = *m_handlers.back();
        if (added.added) {
            for (const auto& object : m_cache.byNamespace({}))
                added.added(object);
        }
        if (synced() && added.synced)
            added.synced();
    }
    void addIndex(std::string name, std::function<std::vector<std::string>(const api::Value&)> keysOf) override
    {
        m_cache.addIndex(std::move(name), std::move(keysOf));
    }
    void start() override
    {
        if (!std::exchange(m_started, true))
            m_reflector.start();
    }
    Task<void> stop() override { return m_reflector.stop(); }
    bool synced() const override { return m_synced.ready(); }
    Future<Done> whenSynced() const override { return m_synced; }

    const api::Value* get(std::string_view ns, std::string_view name) const override { return m_cache.get(ns, name); }
    std::vector<api::Value> byIndex(std::string_view index, std::string_view key) const override { return m_cache.byIndex(index, key); }
    std::vector<api::Value> byNamespace(std::string_view ns) const override { return m_cache.byNamespace(ns); }
    std::size_t size() const override { return m_cache.size(); }
    void forEach(const std::function<void(const api::Value&)>& visit) const override { m_cache.forEach(visit); }

private:
    void replace(std::vector<api::Value> objects) override
    {
        removeAllBut(objects);
        for (auto& object : objects) {
            api::ObjectMeta meta(object);
            const api::Value* known = m_cache.get(meta.ns(), meta.name());
            if (!known || resourceVersion(*known) != meta.resourceVersion())
                put(std::move(object));
        }
        if (synced())
            return;
        m_synced.set({});
        notify([](const InformerHandler& handler) {
            if (handler.synced)
                handler.synced();
        });
    }

    void apply(WatchEvent event) override
    {
        if (event.type == WatchEvent::Type::Deleted)
            remove(std::move(event.object));
        else
            put(std::move(event.object));
    }

    // What was deleted, or deleted and created again, while nobody watched.
    void removeAllBut(const std::vector<api::Value>& objects)
    {
        std::unordered_set<std::string_view> uids;
        for (const auto& object : objects)
            uids.insert(api::ObjectMeta(object).uid());
        std::vector<api::Value> gone;
        m_cache.forEach([&](const api::Value& object) {
            if (!uids.contains(api::ObjectMeta(object).uid()))
                gone.push_back(object);
        });
        for (auto& object : gone)
            remove(std::move(object));
    }

    void put(api::Value object)
    {
        const api::Value before = m_cache.put(object);
        notify([&](const InformerHandler& handler) {
            if (before.isNull() && handler.added)
                handler.added(object);
            else if (!before.isNull() && handler.updated)
                handler.updated(before, object);
        });
    }

    void remove(api::Value last)
    {
        api::ObjectMeta meta(last);
        if (m_cache.erase(meta.ns(), meta.name()).isNull())
            return;
        notify([&](const InformerHandler& handler) {
            if (handler.deleted)
                handler.deleted(last);
        });
    }

    // A handler that is added meanwhile has the new state replayed already.
    template <typename Tell>
    void notify(Tell tell)
    {
        const std::size_t count = m_handlers.size();
        for (std::size_t i = 0; i < count; ++i)
            tell(*m_handlers[i]);
    }

    ObjectCache m_cache;
    Reflector m_reflector;
    std::vector<std::unique_ptr<InformerHandler>> m_handlers;
    Event m_synced;
    bool m_started = false;
};

class SharedInformerFactory : public InformerFactory {
public:
    SharedInformerFactory(Loop& loop, std::shared_ptr<Client> client, std::shared_ptr<Random> random)
        : m_loop(loop)
        , m_client(std::move(client))
        , m_random(random ? std::move(random) : std::shared_ptr<Random>(makeSystemRandom()))
    {
    }

    Informer& informer(const Resource& resource, const ListOptions& options) override
    {
        std::string key = resource.apiVersion() + "/" + resource.plural + "?" + options.labelSelector + "&" + options.fieldSelector;
        auto& place = m_informers[std::move(key)];
        if (!place)
            place = std::make_unique<ReflectorInformer>(m_loop, m_client, *m_random, resource, options);
        return *place;
    }
    void start() override
    {
        for (auto& [key, informer] : m_informers)
            informer->start();
    }
    Task<void> stop() override
    {
        for (auto& [key, informer] : m_informers)
            co_await informer->stop();
    }
    Future<Done> whenSynced() override
    {
        Event all;
        auto missing = std::make_shared<std::size_t>(m_informers.size() + 1);
        auto one = [all, missing] {
            if (--*missing == 0)
                all.set({});
        };
        for (auto& [key, informer] : m_informers) {
            if (informer->synced())
                one();
            else
                informer->addHandler({.synced = one});
        }
        one();
        return all;
    }

private:
    Loop& m_loop;
    std::shared_ptr<Client> m_client;
    std::shared_ptr<Random> m_random;
    std::map<std::string, std::unique_ptr<ReflectorInformer>> m_informers;
};

} // namespace

std::unique_ptr<InformerFactory> makeInformerFactory(Loop& loop, std::shared_ptr<Client> client, std::shared_ptr<Random> random)
{
    return std::make_unique<SharedInformerFactory>(loop, std::move(client), std::move(random));
}

} // namespace kates::client
