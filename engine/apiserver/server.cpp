#include "engine/apiserver/server.h"

#include "engine/apiserver/bootstrap/bootstrap.h"
#include "engine/apiserver/filters/impersonation.h"
#include "engine/apiserver/inprocess/client.h"
#include "engine/apiserver/respond/respond.h"
#include "engine/base/log.h"

namespace kates::apiserver {

Server::Server(Loop& loop, ApiServerOptions options)
    : m_loop(loop)
    , m_options(std::move(options))
    , m_random(makeSystemRandom())
    , m_caches(loop, m_options.store, m_options.watchCacheEventsPerKind)
    , m_registry(loop, m_options.scheme, m_options.store, m_caches, *m_random, m_admission)
    , m_operations(m_registry)
    , m_authenticator(loop, m_options, m_caches)
    , m_authorizer(m_caches)
    , m_discovery(m_options.scheme, m_options.serverAddress, m_options.gitVersion)
    , m_kubernetesService(m_registry, m_options)
    , m_customResources(m_registry, m_options.scheme), m_eventExpiry(m_registry, m_options.store)
{
    installHandlers();
}

Server::~Server() = default;

Task<Result<void>> Server::start()
{
    if (auto ready = m_authenticator.start(); !ready)
        co_return ready;
    auto loaded = co_await m_caches.start(*m_options.scheme);
    if (!loaded)
        co_return loaded;
    co_await m_customResources.start();
    auto bootstrapped = co_await bootstrap(m_registry);
    if (bootstrapped)
        bootstrapped = co_await m_kubernetesService.ensure();
    if (!bootstrapped)
        co_return bootstrapped;
    m_kubernetesService.keep();
    m_eventExpiry.start();
    m_ready = true;
    co_return Result<void>();
}

http::Handler Server::handler()
{
    return [this](http::Exchange& exchange) { return serve(exchange); };
}

std::shared_ptr<client::Client> Server::clientFor(UserInfo user)
{
    return makeInProcessClient(*this, std::move(user));
}

void Server::setConnectHandler(std::string plural, std::string subresource, ConnectHandler handler)
{
    m_connectHandlers.insert_or_assign({std::move(plural), std::move(subresource)}, std::move(handler));
}

void Server::addRoute(std::string prefix, RouteHandler handler, RouteAccess access)
{
    m_routes.insert_or_assign(std::move(prefix), Route{std::move(handler), access});
}

// Watches end first: they would run for ever. Then what is under way is waited for.
Task<void> Server::stop()
{
    m_stopping = true;
    m_ready = false;
    m_eventExpiry.stop();
    co_await m_customResources.stop();
    co_await m_kubernetesService.stop();
    m_caches.closeWatchers();
    if (m_running > 0)
        co_await m_idle;
    m_caches.stop();
}

void Server::finished()
{
    if (--m_running == 0 && m_stopping)
        m_idle.set({});
}

// The filter chain, from top to bottom. Each may refuse; dispatch() answers.
Task<void> Server::serve(http::Exchange& exchange)
{
    static constexpr Filter kChain[] = {
        &Server::limit,
        &Server::authenticate,
        &Server::impersonate,
        &Server::authorize,
    };
    const auto& http = exchange.request();
    HttpRequest request{exchange, http::Query::parse(http.query), {}, {}};
    request.info = parseRequestInfo(http.method, http.path, request.query);
    for (auto filter : kChain) {
        if (auto refused = (this->*filter)(request)) {
            co_await respondStatus(exchange, *refused);
            co_return;
        }
    }
    Running running(*this);
    bool counted = !request.info.longRunning();
    m_inFlight += counted;
    std::string failed;
    try {
        co_await dispatch(request);
    } catch (const std::exception& error) {
        failed = error.what();
    }
    m_inFlight -= counted;
    if (failed.empty())
        co_return;
    log::error("apiserver", "a request ended with an exception", "method", http.method, "path", http.path, "cause", failed);
    if (!exchange.responseStarted())
        co_await respondStatus(exchange, api::internalError("This request caused apiserver to panic. Look in the logs for details."));
}

std::optional<api::StatusError> Server::limit(HttpRequest& request)
{
    if (m_stopping)
        return api::serviceUnavailable("the server is shutting down");
    if (m_inFlight >= kRequestsInFlightMax && !request.info.longRunning())
        return api::tooManyRequests("Too many requests, please try again later.", 1);
    return std::nullopt;
}

std::optional<api::StatusError> Server::authenticate(HttpRequest& request)
{
    auto user = m_authenticator.authenticate(request.http());
    if (!user)
        return user.error();
    request.user = std::move(*user);
    return std::nullopt;
}

std::optional<api::StatusError> Server::impersonate(HttpRequest& request)
{
    auto user = impersonated(request.http().headers, request.user, m_authorizer);
    if (!user)
        return user.error();
    request.user = std::move(*user);
    return std::nullopt;
}

std::optional<api::StatusError> Server::authorize(HttpRequest& request)
{
    const auto& path = request.info.path;
    bool health = path == "/healthz" || path == "/livez" || path == "/readyz" || path.starts_with("/livez/") || path.starts_with("/readyz/");
    const Route* route = routeOf(path);
    if (health || (route && route->access == RouteAccess::Authenticated))
        return std::nullopt;
    return m_authorizer.check(request.user, attributesOf(request.info));
}

const Server::Route* Server::routeOf(std::string_view path) const
{
    for (const auto& [prefix, route] : m_routes) {
        if (path.starts_with(prefix))
            return &route;
    }
    return nullptr;
}

Task<void> Server::dispatch(HttpRequest& request)
{
    if (auto route = routeOf(request.info.path)) {
        co_await route->handler(request.exchange, request.user);
        co_return;
    }
    if (request.info.isResource)
        co_await serveResource(request);
    else
        co_await serveNonResource(request);
}

std::unique_ptr<ApiServer> makeApiServer(Loop& loop, ApiServerOptions options)
{
    return std::make_unique<Server>(loop, std::move(options));
}

} // namespace kates::apiserver
