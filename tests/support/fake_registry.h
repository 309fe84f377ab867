// A registry that answers what a test wants, on a port of the loopback.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/http/server.h"
#include "tests/support/image_builder.h"

namespace kates::test {

struct RegistryAnswer {
    int status = 200;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
};

class FakeRegistry {
public:
    explicit FakeRegistry(Loop& loop)
    {
        auto listening = http::listen(loop, {}, [this](http::Exchange& exchange) { return answer(exchange); });
        m_server = std::move(*listening);
    }
    std::string host() const { return "127.0.0.1:" + std::to_string(m_server->port()); }
    std::string url() const { return "http://" + host(); }

    // By path, without the query.
    std::map<std::string, RegistryAnswer> answers;
    // Asked first; nothing: `answers`.
    std::function<std::optional<RegistryAnswer>(const http::Request&)> before;
    std::vector<http::Request> requests;

    void serve(const std::string& repository, const std::string& tag, const BuiltImage& image)
    {
        const std::vector<std::pair<std::string, std::string>> type {{"Content-Type", std::string(runtime::kOciManifestType)}};
        for (const auto& name : {tag, image.manifestDigest().toString()})
            answers["/v2/" + repository + "/manifests/" + name] = {200, image.manifest, type};
        answers[blobPath(repository, image.config)] = {200, image.config, {}};
        for (const auto& layer : image.layers)
            answers[blobPath(repository, layer)] = {200, layer, {}};
    }
    static std::string blobPath(const std::string& repository, const std::string& content)
    {
        return "/v2/" + repository + "/blobs/" + runtime::Digest::of(content).toString();
    }

private:
    Task<void> answer(http::Exchange& exchange)
    {
        requests.push_back(exchange.request());
        std::optional<RegistryAnswer> chosen = before ? before(exchange.request()) : std::nullopt;
        if (!chosen) {
            const auto found = answers.find(exchange.request().path);
            chosen
                = found == answers.end() ? RegistryAnswer {404, R"({"errors":[{"code":"NAME_UNKNOWN","message":"not here"}]})", {}} : found->second;
        }
        http::Headers headers;
        for (const auto& [name, value] : chosen->headers)
            headers.set(name, value);
        Bytes body(chosen->body);
        co_await exchange.respond(chosen->status, std::move(headers), body);
    }
    std::unique_ptr<http::Server> m_server;
};

} // namespace kates::test
