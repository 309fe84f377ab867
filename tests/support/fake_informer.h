// An informer whose cache a test fills by hand.
#pragma once

#include "engine/client/informer.h"

namespace kates::test {

class FakeInformer : public client::Informer {
public:
    void set(api::Value object)
    {
        const auto key = api::ObjectMeta(object).key();
        auto found = m_objects.find(key);
        if (found == m_objects.end()) {
            m_objects[key] = object;
            for (auto& handler : m_handlers)
                if (handler.added)
                    handler.added(object);
            return;
        }
        const auto before = std::exchange(found->second, object);
        for (auto& handler : m_handlers)
            if (handler.updated)
                handler.updated(before, object);
    }
    void erase(const std::string& ns, const std::string& name)
    {
        auto node = m_objects.extract({ns, name});
        if (!node.empty())
            for (auto& handler : m_handlers)
                if (handler.deleted)
                    handler.deleted(node.mapped());
    }
    void setSynced()
    {
        m_synced = true;
        for (auto& handler : m_handlers)
            if (handler.synced)
                handler.synced();
        m_whenSynced.set({});
    }

    void addHandler(client::InformerHandler handler) override
    {
        for (auto& [key, object] : m_objects)
            if (handler.added)
                handler.added(object);
        m_handlers.push_back(std::move(handler));
    }
    void addIndex(std::string name, std::function<std::vector<std::string>(const api::Value&)> keysOf) override
    {
        m_indexes[name] = std::move(keysOf);
    }
    void start() override {}
    Task<void> stop() override { co_return; }
    bool synced() const override { return m_synced; }
    Future<Done> whenSynced() const override { return m_whenSynced; }
    const api::Value* get(std::string_view ns, std::string_view name) const override
    {
        auto found = m_objects.find({std::string(ns), std::string(name)});
        return found == m_objects.end() ? nullptr : &found->second;
    }
    std::vector<api::Value> byIndex(std::string_view index, std::string_view key) const override
    {
        std::vector<api::Value> result;
        const auto& keysOf = m_indexes.at(std::string(index));
        for (const auto& [name, object] : m_objects)
            for (const auto& value : keysOf(object))
                if (value == key)
                    result.push_back(object);
        return result;
    }
    std::vector<api::Value> byNamespace(std::string_view ns) const override
    {
        std::vector<api::Value> result;
        for (const auto& [key, object] : m_objects)
            if (ns.empty() || key.ns == ns)
                result.push_back(object);
        return result;
    }
    std::size_t size() const override { return m_objects.size(); }
    void forEach(const std::function<void(const api::Value&)>& visit) const override
    {
        for (const auto& [key, object] : m_objects)
            visit(object);
    }

private:
    std::map<api::ObjectKey, api::Value> m_objects;
    std::map<std::string, std::function<std::vector<std::string>(const api::Value&)>> m_indexes;
    std::vector<client::InformerHandler> m_handlers;
    bool m_synced = false;
    Event m_whenSynced;
};

} // namespace kates::test
