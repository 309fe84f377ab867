#include "engine/client/reflector.h"

#include "engine/api/meta.h"
#include "engine/base/log.h"

namespace kates::client {

using namespace std::chrono_literals;

namespace {
constexpr Duration kBackoffBase = 100ms;
constexpr Duration kBackoffMax = 15s;
// A watch that lasted this long was a working one: servers end watches now and then.
constexpr Duration kHealthyWatch = 5s;
} // namespace

Reflector::Reflector(Loop& loop, std::shared_ptr<Client> client, Random& random, Resource resource, ListOptions options, ReflectorTarget& target)
    : m_loop(loop)
    , m_client(std::move(client))
    , m_backoff(random, kBackoffBase, kBackoffMax)
    , m_resource(std::move(resource))
    , m_options(std::move(options))
    , m_target(target)
    , m_tasks(loop)
{
}

void Reflector::start()
{
    m_tasks.spawn(run());
}

Task<void> Reflector::stop()
{
    m_tasks.requestStop();
    if (m_stream)
        m_stream->stop();
    co_await m_tasks.finished();
}

Task<void> Reflector::run()
{
    const std::stop_token stop = m_tasks.stopToken();
    while (!stop.stop_requested()) {
        if (m_resourceVersion.empty()) {
            auto listed = co_await list();
            if (stop.stop_requested())
                co_return;
            if (!listed) {
                log::debug("client", "list failed", "resource", m_resource.plural, "error", listed.error().message);
                co_await sleepFor(m_loop, m_backoff.next(), stop);
                continue;
            }
        }
        const MonotonicTime begin = m_loop.now();
        api::StatusError error = co_await watch();
        if (stop.stop_requested())
            co_return;
        log::debug("client", "watch ended", "resource", m_resource.plural, "error", error.message);
        if (error.isExpired())
            m_resourceVersion.clear();
        if (m_loop.now() - begin >= kHealthyWatch)
            m_backoff.reset();
        co_await sleepFor(m_loop, m_backoff.next(), stop);
    }
}

Task<api::ApiResult<void>> Reflector::list()
{
    ListOptions options = m_options;
    options.limit = kListPageItems;
    std::vector<api::Value> objects;
    std::string resourceVersion;
    do {
        auto page = co_await m_client->list(m_resource, std::string(), options);
        if (!page)
            co_return api::ApiFailure(page.error());
        options.continueToken = page->continueToken;
        resourceVersion = page->resourceVersion;
        if (objects.empty())
            objects = std::move(page->items);
        else
            std::move(page->items.begin(), page->items.end(), std::back_inserter(objects));
    } while (!options.continueToken.empty());
    if (m_tasks.stopToken().stop_requested())
        co_return api::ApiResult<void>();
    m_resourceVersion = resourceVersion; // only now: half a list is none
    m_target.replace(std::move(objects));
    co_return api::ApiResult<void>();
}

Task<api::StatusError> Reflector::watch()
{
    ListOptions options = m_options;
    options.resourceVersion = m_resourceVersion;
    auto opened = co_await m_client->watch(m_resource, std::string(), options);
    if (!opened)
        co_return opened.error();
    m_stream = std::move(*opened);
    while (!m_tasks.stopToken().stop_requested()) {
        auto events = co_await m_stream->next();
        if (!events) {
            m_stream.reset();
            co_return events.error();
        }
        if (!m_tasks.stopToken().stop_requested())
            apply(std::move(*events));
    }
    m_stream.reset();
    co_return api::serviceUnavailable("the watch was stopped");
}

void Reflector::apply(std::vector<WatchEvent> events)
{
    m_backoff.reset();
    for (auto& event : events) {
        m_resourceVersion = api::ObjectMeta(event.object).resourceVersion();
        if (event.type != WatchEvent::Type::Bookmark)
            m_target.apply(std::move(event));
    }
}

} // namespace kates::client
