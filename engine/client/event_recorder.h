// Records core/v1 Events: what a component did or could not do to an object, for `kubectl describe` and `kubectl get events`.
//
// Best effort: sending happens later, in order, and never blocks the caller; at most 1,000 wait, more are dropped. Repetitions are counted, floods
// are combined and dropped (event_correlator.h).
#pragma once

#include <memory>
#include <string>

#include "engine/base/task.h"
#include "engine/client/client.h"
#include "engine/client/event_correlator.h"

namespace kates::client {

// An ObjectReference to this object (apiVersion and kind must be set). `fieldPath` names a part: spec.containers{nginx}.
[[nodiscard]] api::Value objectReference(const api::Value& object, std::string_view fieldPath = {});

// Sends the events of all recorders of a process. Must outlive them.
class EventBroadcaster {
public:
    EventBroadcaster(Loop& loop, std::shared_ptr<Client> client);
    void start();
    Task<void> stop(); // what has not been sent is dropped
    void record(EventFact fact, const std::string& host);

private:
    struct Pending {
        EventToSend event;
        api::Value object; // the whole Event
    };
    static constexpr std::size_t kWaitingMax = 1000;

    Task<void> run();
    Task<void> send(Pending pending);

    Loop& m_loop;
    std::shared_ptr<Client> m_client;
    EventCorrelator m_correlator;
    Channel<Pending> m_waiting;
    TaskGroup m_tasks;
};

// One component's way to record. `host` is the node of a component that runs on one.
class EventRecorder {
public:
    EventRecorder(EventBroadcaster& broadcaster, std::string component, std::string host = {})
        : m_broadcaster(&broadcaster), m_component(std::move(component)), m_host(std::move(host))
    {
    }
    void normal(const api::Value& object, std::string_view reason, std::string message)
    {
        record(objectReference(object), "Normal", reason, message);
    }
    void warning(const api::Value& object, std::string_view reason, std::string message)
    {
        record(objectReference(object), "Warning", reason, message);
    }
    void record(api::Value reference, std::string_view type, std::string_view reason, std::string message)
    {
        m_broadcaster->record({m_component, std::move(reference), std::string(type), std::string(reason), std::move(message)}, m_host);
    }

private:
    EventBroadcaster* m_broadcaster;
    std::string m_component, m_host;
};

} // namespace kates::client
