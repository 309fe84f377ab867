// The Kubernetes API server as a library: the same code serves a cluster (Scheme::kubernetes) and the engine (Scheme::engine).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/schema.h"
#include "engine/client/client.h"
#include "engine/http/server.h"
#include "engine/store/store.h"

namespace kates::apiserver {

// Who asks. Groups always include system:authenticated or system:unauthenticated.
struct UserInfo {
    std::string name;
    std::string uid;
    std::vector<std::string> groups;
};

struct StaticToken {
    std::string token;
    UserInfo user;
};

struct ApiServerOptions {
    std::shared_ptr<api::Scheme> scheme;
    std::shared_ptr<store::Store> store; // keys: /registry/<group or core>/<plural>/[<namespace>/]<name>
    std::string serviceAccountKeyPem;    // EC private key: signs and verifies service account tokens; empty: none
    std::string serviceAccountIssuer = "https://kubernetes.default.svc.cluster.local";
    std::vector<StaticToken> tokens;
    std::string serviceClusterIpRange = "10.96.0.0/16"; // empty: no Service allocation
    int nodePortFirst = 30000, nodePortLast = 32767;
    std::string serverAddress;           // what the kubernetes Service's endpoint shows: address:port
    std::string gitVersion = "v1.35.0";
    std::size_t watchCacheEventsPerKind = 4096;
};

// Serves pods/exec, pods/log, nodes/proxy and so on: given the object, the subresource and the request, after authorisation. `rest` is the path
// behind the subresource.
using ConnectHandler = std::function<Task<void>(http::Exchange& exchange, api::Value object, std::string subresource, std::string rest)>;
// Serves a path prefix of its own ("/clusters/", "/apis/metrics.k8s.io/") after authentication, and after authorisation too where it is Authorized.
enum class RouteAccess { Authenticated, Authorized };
using RouteHandler = std::function<Task<void>(http::Exchange& exchange, UserInfo user)>;

class ApiServer {
public:
    virtual ~ApiServer() = default;

    // Loads the watch caches from the store; nothing is served before.
    [[nodiscard]] virtual Task<Result<void>> start() = 0;
    virtual http::Handler handler() = 0;
    // The in-process transport: same identity, authorisation, admission and conflict checks; pointers instead of bytes.
    virtual std::shared_ptr<client::Client> clientFor(UserInfo user) = 0;
    virtual void setConnectHandler(std::string plural, std::string subresource, ConnectHandler handler) = 0;
    virtual void addRoute(std::string prefix, RouteHandler handler, RouteAccess access = RouteAccess::Authenticated) = 0;
    virtual Task<void> stop() = 0; // ends watches, refuses new requests, waits for running writes
};

[[nodiscard]] std::unique_ptr<ApiServer> makeApiServer(Loop& loop, ApiServerOptions options);

} // namespace kates::apiserver
