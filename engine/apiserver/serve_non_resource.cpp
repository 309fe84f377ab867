// Paths that are no resources: health, version, discovery.
#include "engine/apiserver/respond/respond.h"
#include "engine/apiserver/server.h"

namespace kates::apiserver {

namespace {

// "v1.35.0" → {"1", "35"}
std::pair<std::string, std::string> majorMinor(const std::string& version)
{
    auto first = version.find('.'), second = version.find('.', first + 1);
    return {version.substr(1, first - 1), version.substr(first + 1, second - first - 1)};
}

api::Value versionDocument(const std::string& gitVersion)
{
    auto [major, minor] = majorMinor(gitVersion);
    return api::Value::object({{"major", major}, {"minor", minor}, {"gitVersion", gitVersion}, {"gitCommit", ""}, {"gitTreeState", "clean"},
        {"buildDate", "1970-01-01T00:00:00Z"}, {"goVersion", ""}, {"compiler", "g++"}, {"platform", "linux/amd64"}});
}

} // namespace

Task<void> Server::serveNonResource(HttpRequest& request)
{
    auto& exchange = request.exchange;
    const auto& path = request.info.path;
    if (request.info.verb != "get" && request.info.verb != "head") {
        auto error = api::methodNotSupported({}, request.info.verb);
        co_await respondStatus(exchange, error);
        co_return;
    }
    if (path == "/livez" || path.starts_with("/livez/")) {
        co_await respondText(exchange, 200, "ok");
    } else if (path == "/healthz" || path == "/readyz" || path.starts_with("/readyz/")) {
        std::string text = m_ready ? "ok" : "the caches are being loaded";
        int code = m_ready ? 200 : 503;
        co_await respondText(exchange, code, std::move(text));
    } else if (path == "/version" || path == "/version/") {
        co_await respondValue(exchange, 200, versionDocument(m_options.gitVersion));
    } else if (path == "/") {
        co_await respondValue(exchange, 200, m_discovery.paths());
    } else {
        bool served = co_await m_discovery.serve(exchange, path);
        if (served)
            co_return;
        auto error = api::notFound({}, "");
        error.message = "the server could not find the requested resource";
        co_await respondStatus(exchange, error);
    }
}

} // namespace kates::apiserver
