// Keys waiting to be reconciled. Fair (first come, first served), stingy (a key waits once, and is never processed twice at the same time; one that
// changes while it is processed comes again), with per-key exponential back-off.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "engine/base/task.h"

namespace kates::client {

// What a reconciler says about a key.
struct ReconcileResult {
    bool failed = false;                      // try again with back-off
    std::optional<Duration> again;            // look again after this long
    static ReconcileResult done() { return {}; }
    static ReconcileResult retry() { return {true, std::nullopt}; }
    static ReconcileResult after(Duration delay) { return {false, delay}; }
};

using Reconcile = std::function<Task<ReconcileResult>(std::string key)>;

struct WorkQueueOptions {
    std::string name;
    int workers = 5;
    Duration backoffBase = std::chrono::milliseconds(5);
    Duration backoffMax = std::chrono::seconds(60);
};

class WorkQueue {
public:
    WorkQueue(Loop& loop, WorkQueueOptions options, Reconcile reconcile);
    ~WorkQueue();
    void add(std::string key);
    void addAfter(std::string key, Duration delay);
    void start();
    Task<void> stop(); // waits for running reconciliations
    std::size_t size() const;
    bool idle() const; // nothing waiting, nothing running (delayed keys do not count)

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace kates::client
