// The shape that every controller has: informers tell it that something changed, keys wait in its queue, reconcile() compares the caches with what
// is desired and writes what is missing, through the API.
//
// A controller is made with everything it needs, registers its handlers in its constructor, works from start() (once its informers are synced)
// until stop() has completed, and must live until the informer factory has been stopped.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/random.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"
#include "engine/client/work_queue.h"
#include "engine/controllers/common/served_resource.h"

namespace kates::controllers {

struct ControllerContext {
    Loop& loop;
    std::shared_ptr<client::Client> client;
    client::InformerFactory& informers;
    Random& random;
    client::EventBroadcaster& events;
    // What the API server serves: the garbage collector and the namespace controller work on every kind.
    std::function<std::vector<ServedResource>()> servedResources;
};

class Controller {
public:
    virtual ~Controller() = default;
    virtual void start() = 0;
    virtual Task<void> stop() = 0; // completes when nothing of it runs any more
};

// A controller with one queue of keys ("namespace/name", or "name" for cluster-scoped kinds).
class QueueController : public Controller {
public:
    QueueController(const ControllerContext& context, std::string name, int workers = 5);
    void start() override;
    Task<void> stop() override;

protected:
    virtual Task<client::ReconcileResult> reconcile(std::string key) = 0;

    // The shared informer of this resource; reconciling starts when all that were asked for are synced.
    client::Informer& use(const client::Resource& resource);
    void enqueue(const api::Value& object) { m_queue.add(api::ObjectMeta(object).key().toString()); }
    // Added, updated and deleted objects are enqueued.
    void enqueueChangesOf(client::Informer& informer);

    Loop& loop() { return m_context.loop; }
    client::Client& client() { return *m_context.client; }
    std::string now() const; // as the API writes it

    ControllerContext m_context;
    client::EventRecorder m_events;
    client::WorkQueue m_queue;

private:
    std::vector<client::Informer*> m_informers;
    std::size_t m_unsynced = 0;
};

// A namespace that is being deleted takes nothing new: no failure, and nothing to try again.
bool namespaceTerminating(const api::StatusError& error);
// What a failed write means for its key: try again with back-off. NotFound and a terminating namespace mean that there is nothing left to do.
client::ReconcileResult afterFailure(std::string_view controller, const std::string& key, const api::StatusError& error);

} // namespace kates::controllers
