#include "engine/apiserver/inprocess/client.h"

#include "engine/api/conversion.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

namespace {

client::WatchEvent::Type typeOf(EventType type)
{
    switch (type) {
    case EventType::Added:
        return client::WatchEvent::Type::Added;
    case EventType::Modified:
        return client::WatchEvent::Type::Modified;
    case EventType::Deleted:
        return client::WatchEvent::Type::Deleted;
    case EventType::Bookmark:
        break;
    }
    return client::WatchEvent::Type::Bookmark;
}

class InProcessWatch : public client::WatchStream {
public:
    InProcessWatch(api::Scheme::KindPointer kind, std::shared_ptr<Watcher> watcher) : m_kind(std::move(kind)), m_watcher(std::move(watcher)) {}

    Task<ApiResult<std::vector<client::WatchEvent>>> next() override
    {
        auto watcher = m_watcher;
        auto kind = m_kind;
        auto batch = co_await watcher->next();
        if (batch.events.empty())
            co_return ApiFailure(batch.error ? std::move(*batch.error) : api::serviceUnavailable("the watch has ended"));
        std::vector<client::WatchEvent> events;
        events.reserve(batch.events.size());
        for (const auto& event : batch.events)
            events.push_back({typeOf(event.type), event.object ? api::fromStored(*kind, event.object->value()) : bookmark(*kind, event)});
        co_return events;
    }
    void stop() override { m_watcher->cancel(); }

private:
    static Value bookmark(const api::KindDescription& kind, const WatcherEvent& event)
    {
        auto metadata = Value::object({{"resourceVersion", std::to_string(event.revision)}});
        return Value::object({{"apiVersion", kind.apiVersion()}, {"kind", kind.kind}, {"metadata", std::move(metadata)}});
    }
    api::Scheme::KindPointer m_kind;
    std::shared_ptr<Watcher> m_watcher;
};

class InProcessClient : public client::Client {
public:
    InProcessClient(Server& server, UserInfo user) : m_server(server), m_user(std::move(user)) {}

    Task<ApiResult<Value>> get(client::Resource resource, std::string ns, std::string name, std::string subresource) override
    {
        auto request = admit("get", resource, ns, name, subresource);
        if (!request)
            co_return ApiFailure(request.error());
        Server::Running running(m_server);
        co_return valueOf(co_await m_server.operations().get(*request));
    }

    Task<ApiResult<client::ObjectList>> list(client::Resource resource, std::string ns, client::ListOptions options) override
    {
        auto request = admit("list", resource, ns, {}, {});
        if (!request)
            co_return ApiFailure(request.error());
        auto selection = readSelection(*request->kind, options.labelSelector, options.fieldSelector);
        if (!selection)
            co_return ApiFailure(selection.error());
        Server::Running running(m_server);
        ListParameters parameters{std::move(*selection), options.limit, options.continueToken, options.resourceVersion, {}};
        auto list = co_await m_server.operations().registry().list(*request, std::move(parameters));
        if (!list)
            co_return ApiFailure(list.error());
        client::ObjectList result;
        result.items.reserve(list->items.size());
        for (const auto& item : list->items)
            result.items.push_back(api::fromStored(*request->kind, item->value()));
        result.resourceVersion = std::to_string(list->revision);
        result.continueToken = std::move(list->continueToken);
        co_return result;
    }

    Task<ApiResult<std::unique_ptr<client::WatchStream>>> watch(client::Resource resource, std::string ns, client::ListOptions options) override
    {
        auto request = admit("watch", resource, ns, {}, {});
        if (!request)
            co_return ApiFailure(request.error());
        auto selection = readSelection(*request->kind, options.labelSelector, options.fieldSelector);
        if (!selection)
            co_return ApiFailure(selection.error());
        WatchParameters parameters{.selection = std::move(*selection), .resourceVersion = options.resourceVersion, .bookmarks = true};
        auto watcher = m_server.operations().registry().watch(*request, std::move(parameters));
        if (!watcher)
            co_return ApiFailure(watcher.error());
        co_return std::unique_ptr<client::WatchStream>(std::make_unique<InProcessWatch>(request->kind, std::move(*watcher)));
    }

    Task<ApiResult<Value>> create(client::Resource resource, std::string ns, Value object, client::WriteOptions options, std::string name) override
    {
        auto request = admit("create", resource, ns, name, options.subresource, &options);
        if (!request)
            co_return ApiFailure(request.error());
        Server::Running running(m_server);
        co_return valueOf(co_await m_server.operations().create(*request, std::move(object)));
    }

    Task<ApiResult<Value>> update(client::Resource resource, std::string ns, std::string name, Value object, client::WriteOptions options) override
    {
        auto request = admit("update", resource, ns, name, options.subresource, &options);
        if (!request)
            co_return ApiFailure(request.error());
        Server::Running running(m_server);
        co_return valueOf(co_await m_server.operations().update(*request, std::move(object)));
    }

    Task<ApiResult<Value>> patch(client::Resource resource, std::string ns, std::string name, client::PatchType type, Value patch,
        client::WriteOptions options) override
    {
        auto request = admit("patch", resource, ns, name, options.subresource, &options);
        if (!request)
            co_return ApiFailure(request.error());
        Server::Running running(m_server);
        co_return valueOf(co_await m_server.operations().patch(*request, type, std::move(patch)));
    }

    Task<ApiResult<Value>> remove(client::Resource resource, std::string ns, std::string name, client::DeleteOptions options) override
    {
        auto request = admit("delete", resource, ns, name, {});
        if (!request)
            co_return ApiFailure(request.error());
        Server::Running running(m_server);
        co_return valueOf(co_await m_server.operations().remove(*request, parametersOf(std::move(options))));
    }

    Task<ApiResult<void>> removeCollection(
        client::Resource resource, std::string ns, client::ListOptions options, client::DeleteOptions deletion) override
    {
        auto request = admit("deletecollection", resource, ns, {}, {});
        if (!request)
            co_return ApiFailure(request.error());
        auto selection = readSelection(*request->kind, options.labelSelector, options.fieldSelector);
        if (!selection)
            co_return ApiFailure(selection.error());
        Server::Running running(m_server);
        ListParameters list{std::move(*selection), options.limit, {}, {}, {}};
        auto removed = co_await m_server.operations().registry().removeCollection(*request, std::move(list), parametersOf(std::move(deletion)));
        if (!removed)
            co_return ApiFailure(removed.error());
        co_return ApiResult<void>();
    }

private:
    // The same checks that the filter chain makes from authorisation on.
    ApiResult<ResourceRequest> admit(std::string_view verb, const client::Resource& resource, const std::string& ns, const std::string& name,
        const std::string& subresource, const client::WriteOptions* options = nullptr) const
    {
        if (m_server.stopping())
            return ApiFailure(api::serviceUnavailable("the server is shutting down"));
        Attributes attributes{std::string(verb), true, resource.group, resource.plural, subresource, ns, name, {}};
        if (auto refused = m_server.authorizer().check(m_user, attributes))
            return ApiFailure(std::move(*refused));
        ResourceRequest request{.user = m_user, .verb = std::string(verb), .ns = ns, .name = name, .subresource = subresource};
        request.kind = m_server.scheme().findResource(resource.group, resource.version, resource.plural);
        if (!request.kind)
            return ApiFailure(api::notFound({resource.group, resource.plural}, name));
        if (!request.kind->namespaced)
            request.ns.clear();
        request.fieldManager = m_user.name;
        request.fieldValidation = FieldValidation::Ignore;
        if (options) {
            request.dryRun = options->dryRun;
            request.force = options->force;
            if (!options->fieldManager.empty())
                request.fieldManager = options->fieldManager;
        }
        if (auto unsupported = m_server.operations().unsupported(request))
            return ApiFailure(std::move(*unsupported));
        return request;
    }

    static DeleteParameters parametersOf(client::DeleteOptions options)
    {
        return {options.gracePeriodSeconds, std::move(options.propagationPolicy), std::move(options.preconditionUid),
            std::move(options.preconditionResourceVersion)};
    }
    static ApiResult<Value> valueOf(ApiResult<Answer> answer)
    {
        if (!answer)
            return ApiFailure(std::move(answer.error()));
        return std::move(answer->value);
    }

    Server& m_server;
    UserInfo m_user;
};

} // namespace

std::shared_ptr<client::Client> makeInProcessClient(Server& server, UserInfo user)
{
    static constexpr std::string_view kAuthenticated = "system:authenticated";
    if (std::find(user.groups.begin(), user.groups.end(), kAuthenticated) == user.groups.end())
        user.groups.emplace_back(kAuthenticated);
    return std::make_shared<InProcessClient>(server, std::move(user));
}

} // namespace kates::apiserver
