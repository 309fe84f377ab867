// Gives every pod without a node the node that suits it best, and says in an event why none does.
//
// One cycle at a time decides, on the loop's thread and from memory alone; bindings are written concurrently (the store groups them into few syncs), the pod being
// counted on its node from the decision on.
#pragma once

#include <memory>
#include <string>

#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"
#include "engine/scheduler/framework.h"
#include "engine/scheduler/queue.h"

namespace kates::scheduler {

constexpr const char* kSchedulerName = "default-scheduler";
// Pods decided in one turn of the loop before others get theirs.
constexpr int kCyclesPerTurn = 64;
constexpr std::size_t kBindingsMax = 1024; // under way at once

struct Decision {
    NodeInfo* node = nullptr;
    std::string diagnosis; // why none: "0/3 nodes are available: …"
};

class Scheduler {
public:
    Scheduler(Loop& loop, std::shared_ptr<client::Client> client, client::InformerFactory& informers, client::EventRecorder events);
    void start(); // once the informers are started
    Task<void> stop();

    // For tests and benchmarks: decides for one pod against the cache as it is.
    Decision decide(const PodInfo& pod);
    Cache& cache() { return m_cache; }

private:
    void podChanged(const api::Value& pod);
    void podRemoved(const api::Value& pod);
    void nodeChanged(const api::Value* before, const api::Value& node);
    void scheduleTurn();
    void runTurn();
    void scheduleOne(std::shared_ptr<const PodInfo> pod);
    Task<void> bind(std::shared_ptr<const PodInfo> pod, std::string nodeName);
    Task<void> reportUnschedulable(std::shared_ptr<const PodInfo> pod, std::string message);
    Task<void> begin();
    std::vector<NodeInfo*> feasibleNodes(const PodInfo& pod, std::map<std::string, int>& reasons);
    NodeInfo* best(const PodInfo& pod, const std::vector<NodeInfo*>& nodes);

    Loop& m_loop;
    std::shared_ptr<client::Client> m_client;
    client::Informer& m_pods;
    client::Informer& m_nodes;
    client::EventRecorder m_events;
    Cache m_cache;
    Queue m_queue;
    Plugins m_plugins = Plugins::defaults();
    std::size_t m_nextNode = 0; // where the next cycle begins to look, so that all nodes get their turn
    std::uint64_t m_ties = 0;
    std::size_t m_bindings = 0;
    bool m_turnPosted = false, m_running = false;
    TaskGroup m_tasks;
};

} // namespace kates::scheduler
