// Requests for resources, between HTTP and the operations.
#include <cerrno>

#include "engine/apiserver/request/decode.h"
#include "engine/apiserver/respond/respond.h"
#include "engine/apiserver/server.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

namespace {

api::StatusError unknownResource()
{
    api::StatusError error = api::notFound({}, "");
    error.message = "the server could not find the requested resource";
    return error;
}

// "kubectl/v1.35.0 (linux/amd64)" → "kubectl"
std::string managerOf(const http::Request& request, const UserInfo& user)
{
    auto agent = request.headers.get("User-Agent");
    agent = agent.substr(0, agent.find('/')).substr(0, 128);
    return agent.empty() ? user.name.substr(0, 128) : std::string(agent);
}

std::optional<client::PatchType> patchTypeOf(std::string_view contentType)
{
    auto type = contentType.substr(0, contentType.find(';'));
    if (type == "application/json-patch+json")
        return client::PatchType::Json;
    if (type == "application/merge-patch+json")
        return client::PatchType::Merge;
    if (type == "application/strategic-merge-patch+json")
        return client::PatchType::Strategic;
    if (type == "application/apply-patch+yaml")
        return client::PatchType::Apply;
    return std::nullopt;
}

bool givesObjects(const ResourceRequest& resource)
{
    return resource.subresource.empty() || resource.subresource == "status";
}

} // namespace

Task<void> Server::serveResource(HttpRequest& request)
{
    const auto& info = request.info;
    ResourceRequest resource{.user = request.user, .verb = info.verb, .ns = info.ns, .name = info.name, .subresource = info.subresource};
    resource.kind = m_options.scheme->findResource(info.group, info.version, info.resource);
    bool misplaced = resource.kind && !resource.kind->namespaced && !info.ns.empty() && resource.kind->plural != "namespaces";
    if (!resource.kind || misplaced) {
        co_await respondStatus(request.exchange, unknownResource());
        co_return;
    }
    if (!resource.kind->namespaced)
        resource.ns.clear();
    resource.fieldManager = managerOf(request.http(), request.user);
    if (co_await serveConnect(request, resource))
        co_return;
    if (auto unsupported = m_operations.unsupported(resource)) {
        co_await respondStatus(request.exchange, *unsupported);
        co_return;
    }
    co_await serveVerb(request, resource);
}

Task<void> Server::serveVerb(HttpRequest& request, ResourceRequest& resource)
{
    const auto& verb = resource.verb;
    if (verb == "get" || verb == "list" || verb == "watch")
        co_await serveRead(request, resource);
    else if (verb == "delete" || verb == "deletecollection")
        co_await serveDelete(request, resource);
    else
        co_await serveWrite(request, resource);
}

Task<void> Server::serveRead(HttpRequest& request, ResourceRequest& resource)
{
    auto& exchange = request.exchange;
    auto form = responseFormOf(request.http(), request.query, givesObjects(resource));
    if (!form) {
        co_await respondStatus(exchange, form.error());
        co_return;
    }
    if (resource.verb == "get") {
        auto answer = co_await m_operations.get(resource);
        if (answer)
            co_await respondAnswer(m_loop, exchange, resource, std::move(*answer), std::move(*form));
        else
            co_await respondStatus(exchange, answer.error());
    } else if (resource.verb == "list") {
        auto parameters = readListParameters(*resource.kind, request.query);
        ApiResult<ListAnswer> list = ApiFailure(parameters ? api::StatusError() : parameters.error());
        if (parameters)
            list = co_await m_registry.list(resource, std::move(*parameters));
        if (list)
            co_await respondList(m_loop, exchange, resource, std::move(*list), std::move(*form));
        else
            co_await respondStatus(exchange, list.error());
    } else {
        auto parameters = readWatchParameters(*resource.kind, request.query);
        auto timeout = parameters ? parameters->timeout : Duration();
        ApiResult<std::shared_ptr<Watcher>> watcher = ApiFailure(parameters ? api::StatusError() : parameters.error());
        if (parameters)
            watcher = m_registry.watch(resource, std::move(*parameters));
        if (!watcher && watcher.error().isExpired())
            watcher = endedWatcher(m_loop, watcher.error());
        if (watcher)
            co_await respondWatch(m_loop, exchange, resource.kind, *watcher, timeout, std::move(*form));
        else
            co_await respondStatus(exchange, watcher.error());
    }
}

Task<ApiResult<std::string>> Server::readBody(HttpRequest& request)
{
    auto body = co_await request.exchange.readBody(kBodyMaxBytes);
    if (body)
        co_return std::move(*body);
    if (body.error().systemError == EMSGSIZE)
        co_return ApiFailure(api::requestEntityTooLarge("limit is " + std::to_string(kBodyMaxBytes)));
    co_return ApiFailure(api::badRequest("the request's body could not be read: " + body.error().message));
}

Task<ApiResult<Answer>> Server::write(HttpRequest& request, ResourceRequest& resource)
{
    auto contentType = request.http().headers.get("Content-Type");
    auto patchType = patchTypeOf(contentType);
    auto format = bodyFormatOf(contentType);
    bool patch = resource.verb == "patch";
    if (patch && !patchType)
        co_return ApiFailure(api::unsupportedMediaType("the body of the request was in an unknown format - accepted media types include: "
            "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml"));
    if (!format)
        co_return ApiFailure(api::unsupportedMediaType("the body of the request was in an unknown format - accepted media types include: "
            "application/json, application/yaml, application/vnd.kubernetes.protobuf"));
    if (auto read = readWriteParameters(resource, request.query); !read)
        co_return ApiFailure(read.error());
    // Who applies must say as whom.
    if (patch && patchType == client::PatchType::Apply)
        resource.fieldManager = request.query.get("fieldManager");
    auto text = co_await readBody(request);
    if (!text)
        co_return ApiFailure(text.error());
    auto body = decodeBody(*m_options.scheme, resource, *text, *format);
    if (!body)
        co_return ApiFailure(body.error());
    if (resource.verb == "create")
        co_return co_await m_operations.create(resource, std::move(*body));
    if (resource.verb == "update")
        co_return co_await m_operations.update(resource, std::move(*body));
    co_return co_await m_operations.patch(resource, *patchType, std::move(*body));
}

Task<void> Server::serveWrite(HttpRequest& request, ResourceRequest& resource)
{
    auto form = responseFormOf(request.http(), request.query, givesObjects(resource));
    if (!form) {
        co_await respondStatus(request.exchange, form.error());
        co_return;
    }
    auto answer = co_await write(request, resource);
    if (!answer) {
        co_await respondStatus(request.exchange, answer.error());
        co_return;
    }
    form->warnings = std::move(resource.warnings);
    co_await respondAnswer(m_loop, request.exchange, resource, std::move(*answer), std::move(*form));
}

Task<void> Server::serveDelete(HttpRequest& request, ResourceRequest& resource)
{
    auto& exchange = request.exchange;
    auto form = responseFormOf(request.http(), request.query, givesObjects(resource));
    auto text = co_await readBody(request);
    auto format = bodyFormatOf(request.http().headers.get("Content-Type"));
    ApiResult<Value> body = Value();
    if (text && !text->empty() && format)
        body = decodeBody(*m_options.scheme, resource, *text, *format);
    else if (text && !text->empty())
        body = ApiFailure(api::unsupportedMediaType(
            "the body of a delete must be DeleteOptions in application/json, application/yaml or application/vnd.kubernetes.protobuf"));
    ApiResult<DeleteParameters> parameters = ApiFailure(api::StatusError());
    if (form && text && body)
        parameters = readDeleteParameters(resource, request.query, *body);
    if (!parameters) {
        const auto& error = !form ? form.error() : !text ? text.error() : !body ? body.error() : parameters.error();
        co_await respondStatus(exchange, error);
        co_return;
    }
    if (resource.verb == "delete") {
        auto answer = co_await m_operations.remove(resource, std::move(*parameters));
        if (answer)
            co_await respondAnswer(m_loop, exchange, resource, std::move(*answer), std::move(*form));
        else
            co_await respondStatus(exchange, answer.error());
        co_return;
    }
    auto list = readListParameters(*resource.kind, request.query);
    ApiResult<ListAnswer> removed = ApiFailure(list ? api::StatusError() : list.error());
    if (list)
        removed = co_await m_registry.removeCollection(resource, std::move(*list), std::move(*parameters));
    if (removed)
        co_await respondList(m_loop, exchange, resource, std::move(*removed), std::move(*form));
    else
        co_await respondStatus(exchange, removed.error());
}

Task<bool> Server::serveConnect(HttpRequest& request, const ResourceRequest& resource)
{
    auto found = m_connectHandlers.find({resource.kind->plural, resource.subresource});
    if (resource.subresource.empty() || found == m_connectHandlers.end())
        co_return false;
    auto object = m_registry.find(*resource.kind, resource.ns, resource.name);
    if (!object)
        co_await respondStatus(request.exchange, api::notFound(resource.resource(), resource.name));
    else
        co_await found->second(request.exchange, object->value(), resource.subresource, request.info.rest);
    co_return true;
}

} // namespace kates::apiserver
