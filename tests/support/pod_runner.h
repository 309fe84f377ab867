// Plays scheduler and kubelet on a FakeClient: pods are bound, become ready after a while, and go away when they are deleted.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/client/informer.h"
#include "tests/support/fake_client.h"

namespace kates::test {

class PodRunner {
public:
    PodRunner(Loop& loop, std::shared_ptr<FakeClient> client);
    ~PodRunner();
    Task<void> stop() { return m_factory->stop(); }

    Duration readyAfter = std::chrono::seconds(1);
    Duration goneAfter = std::chrono::seconds(1);
    std::vector<std::string> nodes{"node-1", "node-2"};
    // Which pods become ready at all.
    std::function<bool(const api::Value& pod)> works = [](const api::Value&) { return true; };
    bool finishes = false; // pods succeed instead of becoming ready

private:
    void seen(const api::Value& pod);
    void later(Duration delay, std::function<void()> action);
    void run(const std::string& ns, const std::string& name);

    Loop& m_loop;
    std::shared_ptr<FakeClient> m_client;
    std::unique_ptr<client::InformerFactory> m_factory;
    std::vector<Registration> m_timers;
    std::size_t m_bound = 0, m_started = 0;
};

} // namespace kates::test
