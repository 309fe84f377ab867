#include "engine/cluster/cli/follow.h"

#include <cstdio>
#include <fmt/format.h>

#include "engine/api/meta.h"
#include "engine/cluster/engine/engine_context.h"

namespace kates::cluster::cli {

namespace {

class StepPrinter {
public:
    void print(const api::Value& cluster)
    {
        for (const api::Value& step : cluster.get("status", "steps")) {
            const std::string_view state = step.str("state");
            const std::string key = std::string(step.str("name")) + "/" + std::string(step.str("finishedAt"));
            if ((state != "Done" && state != "Failed") || !m_printed.insert(key).second)
                continue;
            fmt::print("  {} {:<34} {:>7.2f} s  {}\n", state == "Done" ? "✓" : "✗", step.str("name"), static_cast<double>(step.get("milliseconds").asInt()) / 1000.0,
                step.str("message"));
            std::fflush(stdout);
        }
    }

private:
    std::set<std::string> m_printed;
};

// The failed step that says what to do, if there is one.
const api::Value* failedStep(const api::Value& cluster)
{
    for (const api::Value& step : cluster.get("status", "steps"))
        if (step.str("state") == "Failed" && cluster.get("status").str("phase") == "Failed")
            return &step;
    return nullptr;
}

bool judge(const api::Value& cluster, std::int64_t generation, const std::function<bool(const api::Value&)>& reached, FollowResult& result)
{
    if (cluster.get("status", "observedGeneration").asInt() < generation)
        return false;
    if (reached(cluster)) {
        result.end = FollowResult::End::Reached;
        return true;
    }
    if (const api::Value* step = failedStep(cluster)) {
        result.end = FollowResult::End::Failed;
        result.problem = step->str("message");
        result.fix = step->str("fix");
        return true;
    }
    return false;
}

} // namespace

Task<WatchedObject> watchObject(Loop& loop, std::shared_ptr<client::Client> client, client::Resource resource, std::string ns, std::string name,
    std::function<bool(const api::Value&)> seen, Duration timeout)
{
    WatchedObject result;
    client::ListOptions options;
    options.fieldSelector = "metadata.name=" + name;
    auto list = co_await client->list(resource, ns, options);
    if (!list) {
        result.problem = list.error().message;
        co_return result;
    }
    if (list->items.empty()) {
        result.end = WatchedObject::End::Gone;
        co_return result;
    }
    result.object = list->items.front();
    if (seen(result.object)) {
        result.end = WatchedObject::End::Reached;
        co_return result;
    }
    options.resourceVersion = list->resourceVersion;
    auto watch = co_await client->watch(resource, ns, options);
    if (!watch) {
        result.problem = watch.error().message;
        co_return result;
    }
    auto stream = std::move(*watch);
    bool late = false;
    Registration timer = loop.after(timeout, [&late, &stream] {
        late = true;
        stream->stop();
    });
    for (;;) {
        auto events = co_await stream->next();
        if (!events) {
            result.end = late ? WatchedObject::End::TimedOut : WatchedObject::End::Broken;
            result.problem = events.error().message;
            co_return result;
        }
        for (const client::WatchEvent& event : *events) {
            if (event.type == client::WatchEvent::Type::Bookmark)
                continue;
            if (event.type == client::WatchEvent::Type::Deleted) {
                result.end = WatchedObject::End::Gone;
                co_return result;
            }
            result.object = event.object;
            if (seen(result.object)) {
                result.end = WatchedObject::End::Reached;
                co_return result;
            }
        }
    }
}

Task<FollowResult> followCluster(Loop& loop, std::shared_ptr<client::Client> client, std::string name, std::int64_t generation,
    std::function<bool(const api::Value&)> reached, bool printSteps, Duration timeout)
{
    FollowResult result;
    StepPrinter printer;
    std::function<bool(const api::Value&)> seen = [&](const api::Value& cluster) {
        if (printSteps)
            printer.print(cluster);
        return judge(cluster, generation, reached, result);
    };
    std::string everywhere;
    auto watched = co_await watchObject(loop, client, resources::clusters, everywhere, name, seen, timeout);
    result.cluster = watched.object;
    switch (watched.end) {
    case WatchedObject::End::Reached:
        break; // judge() has said which
    case WatchedObject::End::Gone:
        result.end = FollowResult::End::Gone;
        break;
    case WatchedObject::End::TimedOut:
        result.end = FollowResult::End::TimedOut;
        break;
    case WatchedObject::End::Broken:
        result.end = FollowResult::End::Broken;
        result.problem = watched.problem;
        break;
    }
    co_return result;
}

} // namespace kates::cluster::cli
