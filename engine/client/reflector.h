// Keeps a target equal to the server's state of one resource: list, then watch from the list's resourceVersion, again after a failure.
//
//   list (pages of 500) ──► replace() ──► watch ──► apply(), apply() … ──► broken?  back-off, watch again from the last resourceVersion
//     ▲                                                                    Expired? ─┐
//     └──────────────────────────────────────────────────────────────────────────────┘
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/random.h"
#include "engine/base/task.h"
#include "engine/client/backoff.h"
#include "engine/client/client.h"

namespace kates::client {

constexpr std::size_t kListPageItems = 500;

class ReflectorTarget {
public:
    virtual ~ReflectorTarget() = default;
    virtual void replace(std::vector<api::Value> objects) = 0;
    virtual void apply(WatchEvent event) = 0; // never a bookmark
};

class Reflector {
public:
    Reflector(Loop& loop, std::shared_ptr<Client> client, Random& random, Resource resource, ListOptions options, ReflectorTarget& target);
    void start();
    Task<void> stop();

private:
    Task<void> run();
    Task<api::ApiResult<void>> list();
    // Ends with the error that ended the watch.
    Task<api::StatusError> watch();
    void apply(std::vector<WatchEvent> events);

    Loop& m_loop;
    std::shared_ptr<Client> m_client;
    Backoff m_backoff;
    Resource m_resource;
    ListOptions m_options;
    ReflectorTarget& m_target;
    TaskGroup m_tasks;
    std::unique_ptr<WatchStream> m_stream;
    std::string m_resourceVersion; // empty: list first
};

} // namespace kates::client
