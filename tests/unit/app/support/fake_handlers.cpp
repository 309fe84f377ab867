#include "tests/unit/app/support/fake_handlers.h"

#include "app/base/text.h"
#include "engine/api/json.h"
#include "engine/api/patch.h"
#include "engine/api/selector.h"
#include "engine/api/yaml.h"

namespace kates::app::test {

using api::Value;

namespace {

api::GroupResource groupResource(const FakeCollection& collection) { return { {}, toStd(collection.resource.plural) }; }

Value metadataOnly(const Value& object)
{
    Value partial = Value::object({ { "kind", "PartialObjectMetadata" }, { "apiVersion", "meta.k8s.io/v1" } });
    partial.set("metadata", object.get("metadata"));
    return partial;
}

} // namespace

std::string FakeTarget::key() const { return toStd(ns.isEmpty() ? name : ns + u'/' + name); }

FakeAnswer FakeHandlers::json(const Value& value, int code) { return { code, "application/json", QByteArray::fromStdString(api::toJson(value)) }; }

FakeAnswer FakeHandlers::status(const api::StatusError& error) { return json(error.toValue(), error.code); }

FakeTarget FakeHandlers::resolve(const QString& path) const
{
    for (const auto& collection : m_server.m_store.collections()) {
        const QString prefix = collection->resource.groupVersionPath + u'/';
        if (!path.startsWith(prefix))
            continue;
        QStringList parts = path.mid(prefix.size()).split(u'/');
        FakeTarget target;
        if (collection->resource.namespaced && parts.size() >= 3 && parts[0] == QLatin1String("namespaces")) {
            target.ns = parts[1];
            parts = parts.mid(2);
        }
        // namespaces/shop/pods is the pods in a namespace, not something below the namespace.
        const bool inNamespace = !collection->resource.namespaced && parts.size() > 2 && parts[0] == QLatin1String("namespaces");
        if (parts[0] != collection->resource.plural || inNamespace)
            continue;
        target.collection = collection.get();
        target.name = parts.value(1);
        target.subresource = parts.value(2);
        return target;
    }
    return {};
}

Value FakeHandlers::columns(const FakeResource& resource)
{
    const auto column = [](const char* name, int priority = 0) {
        return Value::object({ { "name", name }, { "type", "string" }, { "format", "" }, { "description", "" }, { "priority", priority } });
    };
    if (resource.plural == QLatin1String("pods"))
        return Value::array(
            { column("Name"), column("Ready"), column("Status"), column("Restarts"), column("Age"), column("IP", 1), column("Node", 1) });
    return Value::array({ column("Name"), column("Age") });
}

Value FakeHandlers::row(const FakeResource& resource, const Value& object)
{
    Value cells = Value::array({ object.get("metadata", "name") });
    if (resource.plural == QLatin1String("pods")) {
        cells.push("1/1");
        cells.push(object.str("status", "phase"));
        cells.push("0");
    }
    cells.push("1m");
    if (resource.plural == QLatin1String("pods")) {
        cells.push(object.str("status", "podIP"));
        cells.push(object.str("spec", "nodeName"));
    }
    return Value::object({ { "cells", cells }, { "object", metadataOnly(object) } });
}

FakeAnswer FakeHandlers::list(const FakeTarget& target, const FakeRequest& request)
{
    const bool table = request.accept.contains("as=Table");
    const std::size_t limit = request.query.queryItemValue(QStringLiteral("limit")).toULong();
    const std::string from = toStd(request.query.queryItemValue(QStringLiteral("continue"), QUrl::FullyDecoded));
    const auto selector = api::FieldSelector::parse(toStd(request.query.queryItemValue(QStringLiteral("fieldSelector"), QUrl::FullyDecoded)));
    if (!selector)
        return status(api::badRequest(selector.error().message));
    if (!from.empty() && m_server.m_pageGate)
        m_server.m_pageGate();
    Value items = Value::array(), metadata = Value::object({ { "resourceVersion", std::to_string(m_server.m_store.revision()) } });
    for (auto it = target.collection->objects.upper_bound(from); it != target.collection->objects.end(); ++it) {
        if (!target.ns.isEmpty() && it->second.str("metadata", "namespace") != toStd(target.ns))
            continue;
        if (!selector->matches(it->second))
            continue;
        if (limit > 0 && items.size() == limit) {
            // The token is the last key that was sent.
            metadata.set("continue", keyOfObject(table ? items.at(limit - 1).get("object") : items.at(limit - 1)));
            break;
        }
        items.push(table ? row(target.collection->resource, it->second) : it->second);
    }
    Value answer
        = Value::object({ { "kind", table ? "Table" : toStd(target.collection->resource.kind + QStringLiteral("List")) }, { "metadata", metadata } });
    if (table)
        answer.set("columnDefinitions", columns(target.collection->resource));
    answer.set(table ? "rows" : "items", items);
    return json(answer);
}

FakeAnswer FakeHandlers::groups(const QString& path)
{
    Value groups = Value::array();
    QStringList seen;
    for (const auto& collection : m_server.m_store.collections()) {
        const QString groupVersionPath = collection->resource.groupVersionPath;
        if (!groupVersionPath.startsWith(path + u'/') || seen.contains(groupVersionPath))
            continue;
        seen.append(groupVersionPath);
        const std::string groupVersion = toStd(groupVersionPath.mid(path.size() + 1));
        groups.push(Value::object({ { "name", toStd(groupVersionPath.section(u'/', -2, -2)) },
            { "preferredVersion", Value::object({ { "groupVersion", groupVersion } }) } }));
    }
    return json(Value::object({ { "kind", "APIGroupList" }, { "groups", groups } }));
}

FakeAnswer FakeHandlers::discovery(const QString& path)
{
    if (path.endsWith(QLatin1String("/apis")))
        return groups(path);
    Value resources = Value::array();
    for (const auto& collection : m_server.m_store.collections()) {
        const FakeResource& resource = collection->resource;
        if (resource.groupVersionPath != path)
            continue;
        Value shortNames = Value::array();
        for (const QString& name : resource.shortNames)
            shortNames.push(toStd(name));
        resources.push(Value::object({ { "name", toStd(resource.plural) }, { "kind", toStd(resource.kind) }, { "namespaced", resource.namespaced },
            { "verbs", Value::array({ "get", "list", "watch", "create", "update", "patch", "delete" }) }, { "shortNames", shortNames } }));
    }
    const QString groupVersion = path.contains(QLatin1String("/apis/")) ? path.section(QStringLiteral("/apis/"), 1) : path.section(u'/', -1);
    return resources.size() == 0 || path.isEmpty()
        ? status(api::notFound({}, "page"))
        : json(Value::object({ { "kind", "APIResourceList" }, { "groupVersion", toStd(groupVersion) }, { "resources", resources } }));
}

FakeAnswer FakeHandlers::write(const FakeTarget& target, const FakeRequest& request, Value object, int code)
{
    if (!target.ns.isEmpty())
        object.edit("metadata").set("namespace", toStd(target.ns));
    if (m_server.m_admission) {
        if (const auto refused = m_server.m_admission(object))
            return status(*refused);
    }
    if (request.query.queryItemValue(QStringLiteral("dryRun")) == QLatin1String("All"))
        return json(m_server.m_store.prepared(*target.collection, object), code);
    const Value stored = m_server.m_store.put(*target.collection, object);
    if (m_server.m_reaction)
        m_server.m_reaction(target.collection->resource.plural, stored);
    m_server.wakeWatches();
    return json(stored, code);
}

FakeAnswer FakeHandlers::patch(const FakeTarget& target, const FakeRequest& request)
{
    const auto known = target.collection->objects.find(target.key());
    const bool apply = request.contentType == "application/apply-patch+yaml";
    if (known == target.collection->objects.end() && !apply)
        return status(api::notFound(groupResource(*target.collection), toStd(target.name)));
    const auto body = api::parseYaml({ request.body.constData(), std::size_t(request.body.size()) });
    if (!body || body->empty())
        return status(api::badRequest("the body is not an object"));
    const bool fresh = known == target.collection->objects.end();
    return write(target, request, fresh ? body->front().value : api::applyMergePatch(known->second, body->front().value), fresh ? 201 : 200);
}

FakeAnswer FakeHandlers::remove(const FakeTarget& target, const FakeRequest&)
{
    if (!m_server.m_store.remove(*target.collection, target.key()))
        return status(api::notFound(groupResource(*target.collection), toStd(target.name)));
    m_server.wakeWatches();
    return json(Value::object({ { "kind", "Status" }, { "status", "Success" } }));
}

FakeAnswer FakeHandlers::handle(const FakeRequest& request)
{
    if (request.authorization != "Bearer test-token")
        return status(api::unauthorized());
    if (m_server.m_refusal)
        return status(*m_server.m_refusal);
    if (m_server.m_forbidden.contains(request.path)) {
        api::StatusError error;
        error.code = 403;
        error.reason = "Forbidden";
        error.message = "you may not read " + toStd(request.path);
        return status(error);
    }
    const FakeTarget target = resolve(request.path);
    if (!target.collection)
        return discovery(request.path);
    const auto known = target.collection->objects.find(target.key());
    if (request.method == "GET" && target.name.isEmpty())
        return list(target, request);
    // What a test wrote below "metrics" in the object.
    if (request.method == "GET" && target.subresource == QLatin1String("metrics") && known != target.collection->objects.end()) {
        const Value& metrics = known->second.get("metrics");
        return metrics.isNull() ? status(api::notFound(groupResource(*target.collection), toStd(target.name))) : json(metrics);
    }
    if (request.method == "GET") {
        return known == target.collection->objects.end() ? status(api::notFound(groupResource(*target.collection), toStd(target.name)))
                                                         : json(known->second);
    }
    if (request.method == "PUT" && known != target.collection->objects.end()) {
        const auto body = api::parseJson({ request.body.constData(), std::size_t(request.body.size()) });
        if (!body)
            return status(api::badRequest(body.error().message));
        if (body->str("metadata", "resourceVersion") != known->second.str("metadata", "resourceVersion"))
            return status(api::conflict(groupResource(*target.collection), toStd(target.name), "the object has been modified"));
        return write(target, request, *body, 200);
    }
    if (request.method == "PATCH")
        return patch(target, request);
    if (request.method == "DELETE")
        return remove(target, request);
    if (request.method == "POST" && target.subresource == QLatin1String("eviction"))
        return remove(target, request);
    if (request.method == "POST") {
        const auto body = api::parseJson({ request.body.constData(), std::size_t(request.body.size()) });
        if (!body)
            return status(api::badRequest(body.error().message));
        if (target.collection->objects.contains(keyOfObject(*body)))
            return status(api::alreadyExists(groupResource(*target.collection), body->str("metadata", "name")));
        return write(target, request, *body, 201);
    }
    return status(api::methodNotSupported(groupResource(*target.collection), request.method.toStdString()));
}

} // namespace kates::app::test
