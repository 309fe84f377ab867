// Pods that wait for a node. Active ones in order of priority, then of arrival; those that did not fit wait until something changes that could help, and at least
// their back-off.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "engine/base/loop.h"
#include "engine/scheduler/pod_info.h"

namespace kates::scheduler {

constexpr auto kBackoffBase = std::chrono::seconds(1);
constexpr auto kBackoffMax = std::chrono::seconds(10);

class Queue {
public:
    // `ready` is called when a pod has become active.
    Queue(Loop& loop, std::function<void()> ready) : m_loop(loop), m_ready(std::move(ready)) {}

    void add(std::shared_ptr<const PodInfo> pod);    // new, or its object has changed: active at once
    void remove(const std::string& uid);
    std::shared_ptr<const PodInfo> pop();            // nullptr: none is active
    void unschedulable(std::shared_ptr<const PodInfo> pod); // tried without success
    void retry(std::shared_ptr<const PodInfo> pod);         // the attempt failed for another reason: again after the back-off
    void somethingChanged();                         // a node or a pod's place: those that did not fit are tried again
    std::size_t size() const { return m_pods.size(); }
    bool contains(const std::string& uid) const { return m_pods.contains(uid); }

private:
    struct Order {
        int priority;
        std::uint64_t arrival;
        std::string uid;
        bool operator<(const Order& other) const { return priority != other.priority ? priority > other.priority : arrival < other.arrival; }
    };
    struct Entry {
        std::shared_ptr<const PodInfo> pod;
        std::uint64_t arrival = 0;
        int attempts = 0;
        MonotonicTime notBefore;
        enum class Place { Active, Backoff, Unschedulable } place = Place::Active;
    };
    Order orderOf(const Entry& entry) const { return {entry.pod->priority, entry.arrival, entry.pod->uid}; }
    void activate(Entry& entry);
    void toBackoffOrActive(Entry& entry);
    void armTimer();

    Loop& m_loop;
    std::function<void()> m_ready;
    std::map<std::string, Entry> m_pods; // by uid
    std::set<Order> m_active;
    std::set<std::string> m_backoff, m_unschedulable;
    std::uint64_t m_arrivals = 0, m_changes = 0;
    std::map<std::string, std::uint64_t> m_inFlight; // popped: how many changes there had been
    Registration m_timer;
};

} // namespace kates::scheduler
