// Live copies of the config maps and secrets that this node's pods name, and of no others: one watch each, as long as a pod uses it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "engine/api/meta.h"
#include "engine/client/client.h"

namespace kates::kubelet {

class ReferencedObjects {
public:
    ReferencedObjects(Loop& loop, std::shared_ptr<client::Client> client);
    ~ReferencedObjects();

    // `changed` is called whenever an object that this pod uses appears, changes or goes. Replaces what the pod used before.
    struct Use {
        client::Resource resource;
        std::string ns, name;
    };
    void setUses(const std::string& podUid, const std::vector<Use>& uses, std::function<void()> changed);
    void release(const std::string& podUid);

    // Completes when the first answer for each of the pod's objects is there.
    Task<void> whenKnown(std::string podUid);
    // The null value: it does not exist (or is not known yet).
    api::Value get(const client::Resource& resource, std::string_view ns, std::string_view name) const;
    Task<void> stop();

private:
    struct Entry;
    using Key = std::string;
    static Key keyOf(const client::Resource& resource, std::string_view ns, std::string_view name);
    Task<void> follow(std::shared_ptr<Entry> entry);
    Task<bool> followOnce(std::shared_ptr<Entry> entry);
    void drop(const std::string& podUid, const std::vector<Key>& kept);

    Loop& m_loop;
    std::shared_ptr<client::Client> m_client;
    std::map<Key, std::shared_ptr<Entry>, std::less<>> m_entries;
    std::map<std::string, std::vector<Key>> m_uses; // by pod
    TaskGroup m_tasks;
};

} // namespace kates::kubelet
