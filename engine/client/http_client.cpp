#include "engine/client/http_client.h"

#include "engine/api/json.h"
#include "engine/base/files.h"
#include "engine/client/request_target.h"
#include "engine/client/watch_stream.h"

namespace kates::client {

using namespace std::chrono_literals;

namespace {

constexpr Duration kTokenFileAge = 60s;
constexpr std::size_t kTokenMaxBytes = 64u << 10;
constexpr std::size_t kErrorBodyMaxBytes = 1u << 20;

std::string trimmed(std::string text)
{
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    text.erase(0, text.find_first_not_of(" \t\r\n"));
    return text;
}

// For an answer that is not a Status: a proxy's page.
std::string reasonOf(int status)
{
    switch (status) {
    case 404:
        return "NotFound";
    case 409:
        return "Conflict";
    case 410:
        return "Expired";
    case 503:
        return "ServiceUnavailable";
    default:
        return status >= 500 ? "InternalError" : "BadRequest";
    }
}

api::StatusError errorOf(int status, const std::string& body)
{
    auto parsed = api::parseJson(body);
    if (parsed && parsed->str("kind") == "Status")
        return api::StatusError::fromValue(*parsed, status);
    api::StatusError error;
    error.code = status;
    error.reason = reasonOf(status);
    error.message = "the server answered " + std::to_string(status) + ": " + body.substr(0, 200);
    return error;
}

// Typed lists leave the items' type to the list's: "PodList" holds Pods.
ObjectList toList(const api::Value& document)
{
    ObjectList list;
    list.resourceVersion = document.str("metadata", "resourceVersion");
    list.continueToken = document.str("metadata", "continue");
    std::string_view kind = document.str("kind");
    if (kind.ends_with("List"))
        kind.remove_suffix(4);
    const api::Value& items = document.get("items");
    list.items.reserve(items.size());
    for (api::Value item : items) {
        if (!item.has("kind"))
            item.set("kind", kind);
        if (!item.has("apiVersion"))
            item.set("apiVersion", document.get("apiVersion"));
        list.items.push_back(std::move(item));
    }
    return list;
}

class HttpApiClient : public Client {
public:
    HttpApiClient(Loop& loop, ApiEndpoint endpoint) : m_loop(loop), m_endpoint(std::move(endpoint)), m_http(http::makeClient(loop)) {}

    Task<api::ApiResult<api::Value>> get(Resource resource, std::string ns, std::string name, std::string subresource) override
    {
        const RequestTarget target{std::move(resource), std::move(ns), std::move(name), std::move(subresource)};
        http::ClientRequest request = makeRequest("GET", target, {});
        co_return co_await exchange(std::move(request), kObjectMaxBytes);
    }

    Task<api::ApiResult<ObjectList>> list(Resource resource, std::string ns, ListOptions options) override
    {
        const RequestTarget target{std::move(resource), std::move(ns), {}, {}};
        http::ClientRequest request = makeRequest("GET", target, listQuery(options));
        auto document = co_await exchange(std::move(request), kListMaxBytes);
        if (!document)
            co_return api::ApiFailure(document.error());
        co_return toList(*document);
    }

    Task<api::ApiResult<std::unique_ptr<WatchStream>>> watch(Resource resource, std::string ns, ListOptions options) override
    {
        const RequestTarget target{std::move(resource), std::move(ns), {}, {}};
        http::ClientRequest request = makeRequest("GET", target, watchQuery(options));
        auto response = co_await send(std::move(request));
        if (!response)
            co_return api::ApiFailure(response.error());
        co_return makeHttpWatchStream(std::move(*response));
    }

    Task<api::ApiResult<api::Value>> create(Resource resource, std::string ns, api::Value object, WriteOptions options, std::string name) override
    {
        const RequestTarget target{
            std::move(resource), std::move(ns), options.subresource.empty() ? std::string() : std::move(name), options.subresource};
        http::ClientRequest request = makeRequest("POST", target, writeQuery(options), object);
        co_return co_await exchange(std::move(request), kObjectMaxBytes);
    }

    Task<api::ApiResult<api::Value>> update(Resource resource, std::string ns, std::string name, api::Value object, WriteOptions options) override
    {
        const RequestTarget target{std::move(resource), std::move(ns), std::move(name), options.subresource};
        http::ClientRequest request = makeRequest("PUT", target, writeQuery(options), object);
        co_return co_await exchange(std::move(request), kObjectMaxBytes);
    }

    Task<api::ApiResult<api::Value>> patch(
        Resource resource, std::string ns, std::string name, PatchType type, api::Value patch, WriteOptions options) override
    {
        const RequestTarget target{std::move(resource), std::move(ns), std::move(name), options.subresource};
        http::ClientRequest request = makeRequest("PATCH", target, writeQuery(options), patch);
        request.headers.set("Content-Type", patchContentType(type));
        co_return co_await exchange(std::move(request), kObjectMaxBytes);
    }

    Task<api::ApiResult<api::Value>> remove(Resource resource, std::string ns, std::string name, DeleteOptions options) override
    {
        const RequestTarget target{std::move(resource), std::move(ns), std::move(name), {}};
        http::ClientRequest request = makeRequest("DELETE", target, {}, deleteOptionsBody(options));
        co_return co_await exchange(std::move(request), kObjectMaxBytes);
    }

    Task<api::ApiResult<void>> removeCollection(Resource resource, std::string ns, ListOptions selector, DeleteOptions options) override
    {
        const RequestTarget target{std::move(resource), std::move(ns), {}, {}};
        http::ClientRequest request = makeRequest("DELETE", target, listQuery(selector), deleteOptionsBody(options));
        auto answer = co_await exchange(std::move(request), kListMaxBytes);
        if (!answer)
            co_return api::ApiFailure(answer.error());
        co_return api::ApiResult<void>();
    }

private:
    http::ClientRequest makeRequest(std::string method, const RequestTarget& target, const std::string& query, const api::Value& body = {})
    {
        http::ClientRequest request;
        request.method = std::move(method);
        request.target = target.path(m_endpoint.pathPrefix) + query;
        request.headers.set("Accept", "application/json");
        if (!body.isNull()) {
            request.headers.set("Content-Type", "application/json");
            request.body = api::toJson(body);
        }
        if (const std::string token = bearerToken(); !token.empty())
            request.headers.set("Authorization", "Bearer " + token);
        return request;
    }

    std::string bearerToken()
    {
        if (m_endpoint.bearerTokenFile.empty())
            return m_endpoint.bearerToken;
        if (!m_tokenRead || m_loop.now() - *m_tokenRead >= kTokenFileAge) {
            // A file that cannot be read now leaves the last token: the server says whether it is still good.
            if (auto text = readFile(m_endpoint.bearerTokenFile, kTokenMaxBytes))
                m_endpoint.bearerToken = trimmed(std::move(*text));
            m_tokenRead = m_loop.now();
        }
        return m_endpoint.bearerToken;
    }

    // A response whose status says success.
    Task<api::ApiResult<std::unique_ptr<http::ClientResponse>>> send(http::ClientRequest request)
    {
        const http::Endpoint endpoint{m_endpoint.host, m_endpoint.port, m_endpoint.tls};
        auto response = co_await m_http->send(endpoint, std::move(request));
        if (!response)
            co_return api::ApiFailure(api::serviceUnavailable(response.error().message));
        const int status = (*response)->status();
        if (status >= 200 && status < 300)
            co_return std::move(*response);
        auto body = co_await (*response)->readAll(kErrorBodyMaxBytes);
        co_return api::ApiFailure(errorOf(status, body ? *body : std::string()));
    }

    Task<api::ApiResult<api::Value>> exchange(http::ClientRequest request, std::size_t bytesMax)
    {
        auto response = co_await send(std::move(request));
        if (!response)
            co_return api::ApiFailure(response.error());
        auto body = co_await (*response)->readAll(bytesMax);
        if (!body)
            co_return api::ApiFailure(api::serviceUnavailable(body.error().message));
        api::ParseLimits limits;
        limits.bytesMax = bytesMax;
        limits.nodesMax = bytesMax;
        auto document = api::parseJson(*body, limits);
        if (!document)
            co_return api::ApiFailure(api::internalError("unreadable answer of the server: " + document.error().message));
        co_return std::move(*document);
    }

    Loop& m_loop;
    ApiEndpoint m_endpoint;
    std::unique_ptr<http::Client> m_http;
    std::optional<MonotonicTime> m_tokenRead;
};

} // namespace

std::shared_ptr<Client> makeHttpClient(Loop& loop, ApiEndpoint endpoint)
{
    return std::make_shared<HttpApiClient>(loop, std::move(endpoint));
}

} // namespace kates::client
