#include "engine/scheduler/queue.h"

#include <algorithm>

namespace kates::scheduler {

void Queue::add(std::shared_ptr<const PodInfo> pod)
{
    const std::string uid = pod->uid;
    auto [found, fresh] = m_pods.try_emplace(uid);
    Entry& entry = found->second;
    if (!fresh && entry.place == Entry::Place::Active)
        m_active.erase(orderOf(entry));
    if (fresh)
        entry.arrival = ++m_arrivals;
    entry.pod = std::move(pod);
    if (m_inFlight.contains(uid))
        return; // it is being scheduled: the result of that decides
    m_backoff.erase(uid);
    m_unschedulable.erase(uid);
    activate(entry);
}

void Queue::activate(Entry& entry)
{
    entry.place = Entry::Place::Active;
    m_active.insert(orderOf(entry));
    m_ready();
}

void Queue::remove(const std::string& uid)
{
    auto found = m_pods.find(uid);
    if (found == m_pods.end())
        return;
    m_active.erase(orderOf(found->second));
    m_backoff.erase(uid);
    m_unschedulable.erase(uid);
    m_inFlight.erase(uid);
    m_pods.erase(found);
}

std::shared_ptr<const PodInfo> Queue::pop()
{
    if (m_active.empty())
        return nullptr;
    const std::string uid = m_active.begin()->uid;
    m_active.erase(m_active.begin());
    Entry& entry = m_pods.at(uid);
    ++entry.attempts;
    m_inFlight[uid] = m_changes;
    return entry.pod;
}

void Queue::unschedulable(std::shared_ptr<const PodInfo> pod)
{
    auto found = m_pods.find(pod->uid);
    auto flight = m_inFlight.find(pod->uid);
    if (found == m_pods.end() || flight == m_inFlight.end())
        return;
    const bool changedMeanwhile = flight->second != m_changes;
    m_inFlight.erase(flight);
    Entry& entry = found->second;
    const auto delay = std::min<Duration>(Duration(kBackoffBase) * (1 << std::min(entry.attempts - 1, 6)), kBackoffMax);
    entry.notBefore = m_loop.now() + delay;
    if (changedMeanwhile) {
        toBackoffOrActive(entry);
        return;
    }
    entry.place = Entry::Place::Unschedulable;
    m_unschedulable.insert(pod->uid);
}

void Queue::retry(std::shared_ptr<const PodInfo> pod)
{
    auto found = m_pods.find(pod->uid);
    m_inFlight.erase(pod->uid);
    if (found == m_pods.end())
        return;
    found->second.notBefore = m_loop.now() + kBackoffBase;
    toBackoffOrActive(found->second);
}

void Queue::somethingChanged()
{
    ++m_changes;
    auto waiting = std::exchange(m_unschedulable, {});
    for (const std::string& uid : waiting)
        toBackoffOrActive(m_pods.at(uid));
}

void Queue::toBackoffOrActive(Entry& entry)
{
    if (entry.notBefore <= m_loop.now()) {
        activate(entry);
        return;
    }
    entry.place = Entry::Place::Backoff;
    m_backoff.insert(entry.pod->uid);
    armTimer();
}

void Queue::armTimer()
{
    if (m_timer || m_backoff.empty())
        return;
    MonotonicTime first = MonotonicTime::max();
    for (const std::string& uid : m_backoff)
        first = std::min(first, m_pods.at(uid).notBefore);
    m_timer = m_loop.after(first - m_loop.now(), [this] {
        m_timer.reset();
        std::vector<std::string> due;
        for (const std::string& uid : m_backoff)
            if (m_pods.at(uid).notBefore <= m_loop.now())
                due.push_back(uid);
        for (const std::string& uid : due) {
            m_backoff.erase(uid);
            activate(m_pods.at(uid));
        }
        armTimer();
    });
}

} // namespace kates::scheduler
