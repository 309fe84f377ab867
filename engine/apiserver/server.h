// The parts of one API server, and how they are put together.
#pragma once

#include <map>

#include "engine/apiserver/authz/authorizer.h"
#include "engine/apiserver/bootstrap/kubernetes_service.h"
#include "engine/apiserver/customresources/custom_resources.h"
#include "engine/apiserver/discovery/discovery.h"
#include "engine/apiserver/filters/authentication.h"
#include "engine/apiserver/registry/event_expiry.h"
#include "engine/apiserver/registry/operations.h"
#include "engine/base/random.h"

namespace kates::apiserver {

constexpr std::size_t kRequestsInFlightMax = 600; // without watches and streams; past it 429

// One HTTP request on its way through the filters.
struct HttpRequest {
    http::Exchange& exchange;
    http::Query query;
    RequestInfo info;
    UserInfo user;
    const http::Request& http() const { return exchange.request(); }
};

class Server : public ApiServer {
public:
    Server(Loop& loop, ApiServerOptions options);
    ~Server() override;

    Task<Result<void>> start() override;
    http::Handler handler() override;
    std::shared_ptr<client::Client> clientFor(UserInfo user) override;
    void setConnectHandler(std::string plural, std::string subresource, ConnectHandler handler) override;
    void addRoute(std::string prefix, RouteHandler handler, RouteAccess access) override;
    Task<void> stop() override;

    // For the in-process transport.
    Loop& loop() { return m_loop; }
    const api::Scheme& scheme() const { return *m_options.scheme; }
    const Authorizer& authorizer() const { return m_authorizer; }
    Operations& operations() { return m_operations; }
    bool stopping() const { return m_stopping; }
    // As long as one of these lives, stop() waits.
    class Running {
    public:
        explicit Running(Server& server) : m_server(server) { ++m_server.m_running; }
        ~Running() { m_server.finished(); }
        Running(const Running&) = delete;

    private:
        Server& m_server;
    };

private:
    using Filter = std::optional<api::StatusError> (Server::*)(HttpRequest&);
    std::optional<api::StatusError> limit(HttpRequest& request);
    std::optional<api::StatusError> authenticate(HttpRequest& request);
    std::optional<api::StatusError> impersonate(HttpRequest& request);
    std::optional<api::StatusError> authorize(HttpRequest& request);
    Task<void> serve(http::Exchange& exchange);
    Task<void> dispatch(HttpRequest& request);

    Task<void> serveNonResource(HttpRequest& request);
    Task<void> serveResource(HttpRequest& request);
    Task<void> serveVerb(HttpRequest& request, ResourceRequest& resource);
    Task<void> serveRead(HttpRequest& request, ResourceRequest& resource);
    Task<void> serveWrite(HttpRequest& request, ResourceRequest& resource);
    Task<void> serveDelete(HttpRequest& request, ResourceRequest& resource);
    Task<bool> serveConnect(HttpRequest& request, const ResourceRequest& resource);
    Task<api::ApiResult<Answer>> write(HttpRequest& request, ResourceRequest& resource);
    Task<api::ApiResult<std::string>> readBody(HttpRequest& request);
    struct Route {
        RouteHandler handler;
        RouteAccess access;
    };
    const Route* routeOf(std::string_view path) const;
    void installHandlers();
    void finished();

    Loop& m_loop;
    ApiServerOptions m_options;
    std::unique_ptr<Random> m_random;
    ResourceCaches m_caches;
    AdmissionChain m_admission;
    Registry m_registry;
    Operations m_operations;
    Authenticator m_authenticator;
    Authorizer m_authorizer;
    Discovery m_discovery;
    KubernetesService m_kubernetesService;
    CustomResources m_customResources;
    EventExpiry m_eventExpiry;
    std::map<std::pair<std::string, std::string>, ConnectHandler> m_connectHandlers;
    std::map<std::string, Route> m_routes;
    std::size_t m_inFlight = 0; // requests that are limited
    std::size_t m_running = 0;  // all calls, from HTTP and in process
    Event m_idle;
    bool m_ready = false;
    bool m_stopping = false;
};

} // namespace kates::apiserver
