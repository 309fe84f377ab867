// Keeps one object's status in the API equal to what its owner says: the newest status goes out, one request at a time; what changes meanwhile leaves
// in one later request. Tried again after a failure; given up when the object is gone or another one has taken its name.
#pragma once

#include <memory>
#include <string>

#include "engine/base/task.h"
#include "engine/client/client.h"

namespace kates::client {

class StatusWriter {
public:
    StatusWriter(Loop& loop, std::shared_ptr<Client> client, Resource resource, std::string fieldManager);
    // Identity and present status come from `object` (metadata.namespace, name, uid). Fields that the last status had and this one lacks are removed.
    void set(const api::Value& object, api::Value status);
    // Sends what waits (one try) and ends. Await it before destroying.
    Task<void> close();
    // Ends without sending.
    Task<void> abandon();

private:
    Task<void> run();
    Task<bool> send(api::Value object, api::Value status);

    Loop& m_loop;
    std::shared_ptr<Client> m_client;
    Resource m_resource;
    std::string m_fieldManager;
    api::Value m_object, m_next, m_sent;
    Signal m_changed;
    bool m_started = false, m_closing = false, m_abandoned = false;
    TaskGroup m_tasks;
};

} // namespace kates::client
