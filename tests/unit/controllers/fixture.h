// A little cluster for the tests of controllers: a fake API, the controllers under test, and pods that run.
#pragma once

#include "engine/api/json.h"
#include "engine/base/simulated_loop.h"
#include "engine/controllers/controller.h"
#include "tests/support/fake_client.h"
#include "tests/support/pod_runner.h"

namespace kates::test {

struct ControllerFixture {
    SimulatedLoop loop;
    std::shared_ptr<FakeClient> client = std::make_shared<FakeClient>(loop);
    std::unique_ptr<Random> random = makeSeededRandom(11);
    std::unique_ptr<client::InformerFactory> factory = client::makeInformerFactory(loop, client, makeSeededRandom(5));
    client::EventBroadcaster events{loop, client};
    std::unique_ptr<PodRunner> runner;
    std::vector<std::unique_ptr<controllers::Controller>> running;

    controllers::ControllerContext context() { return {loop, client, *factory, *random, events, {}}; }

    template <typename C, typename... Arguments>
    C& add(Arguments&&... arguments)
    {
        auto controller = std::make_unique<C>(context(), std::forward<Arguments>(arguments)...);
        C& reference = *controller;
        running.push_back(std::move(controller));
        return reference;
    }
    PodRunner& runPods()
    {
        runner = std::make_unique<PodRunner>(loop, client);
        return *runner;
    }
    void start()
    {
        events.start();
        for (auto& controller : running)
            controller->start();
        factory->start();
        loop.settle();
    }
    ~ControllerFixture()
    {
        for (auto& controller : running)
            runToCompletion(loop, controller->stop());
        if (runner)
            runToCompletion(loop, runner->stop());
        runToCompletion(loop, events.stop());
        runToCompletion(loop, factory->stop());
    }

    // Lets simulated time pass until this holds.
    bool until(const std::function<bool()>& condition, Duration limit = std::chrono::seconds(60)) { return loop.runUntil(condition, limit); }
    std::vector<api::Value> pods(std::string_view ns = "default") { return client->all(client::resources::pods, ns); }
    bool recorded(std::string_view reason)
    {
        for (const auto& event : client->all(client::resources::events)) {
            if (event.str("reason") == reason)
                return true;
        }
        return false;
    }
};

// A document from JSON with single quotes for double ones.
inline api::Value fromJson(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    auto parsed = api::parseJson(text);
    if (!parsed)
        qFatal("%s: %s", parsed.error().message.c_str(), text.c_str());
    return *parsed;
}

inline std::int64_t countReady(const std::vector<api::Value>& pods)
{
    return std::count_if(pods.begin(), pods.end(), [](const api::Value& pod) { return api::conditionIsTrue(pod, "Ready"); });
}

} // namespace kates::test
