// The checking half of DeploySession: what would the server do?
#include "app/base/text.h"
#include "app/deploy/deploy_session.h"
#include "app/deploy/object_diff.h"

namespace kates::app {

using api::Value;

void DeploySession::recheck()
{
    std::vector<int> ids;
    for (const DeployItem& item : m_items.items()) {
        if (item.phase != DeployPhase::Invalid || item.document.problem.isEmpty())
            ids.push_back(item.id);
    }
    for (const int id : ids)
        check(id);
}

void DeploySession::check(int id)
{
    DeployItem* item = m_items.find(id);
    if (!item)
        return;
    if (!m_discovery)
        return setPhase(id, DeployPhase::Checking, tr("Choose a cluster to deploy to."));
    setPhase(id, DeployPhase::Checking);
    m_discovery->resolve(toQString(item->document.object.str("apiVersion")), toQString(item->document.object.str("kind")), this,
        [this, id](const tl::expected<ResourceInfo, QString>& resource) { onResolved(id, resource); });
}

void DeploySession::onResolved(int id, const tl::expected<ResourceInfo, QString>& resource)
{
    DeployItem* item = m_items.find(id);
    if (!item)
        return;
    if (!resource)
        return setPhase(id, DeployPhase::Refused, resource.error());
    item->resource = *resource;
    const QString named = item->document.ns();
    item->ns = !resource->ref.namespaced ? QString() : named.isEmpty() ? QStringLiteral("default") : named;
    m_client.send(getRequest(resource->ref.objectPath(item->ns, item->document.name())), this, [this, id](const ApiReply& reply) {
        if (reply)
            dryRun(id, reply->document);
        else if (reply.error().isNotFound())
            dryRun(id, {});
        else
            setPhase(id, DeployPhase::Refused, errorSentence(reply.error()));
    });
}

ApiRequest DeploySession::applyRequest(const DeployItem& item, bool dryRun) const
{
    ApiRequest request = patchRequest(item.resource.ref.objectPath(item.ns, item.document.name()), kApplyPatch, item.document.object);
    request.query.addQueryItem(QStringLiteral("fieldManager"), QLatin1String(kFieldManager));
    request.query.addQueryItem(QStringLiteral("fieldValidation"), QStringLiteral("Strict"));
    if (dryRun)
        request.query.addQueryItem(QStringLiteral("dryRun"), QStringLiteral("All"));
    if (item.force)
        request.query.addQueryItem(QStringLiteral("force"), QStringLiteral("true"));
    return request;
}

void DeploySession::dryRun(int id, const Value& live)
{
    DeployItem* item = m_items.find(id);
    if (!item)
        return;
    item->live = live;
    m_client.send(applyRequest(*item, true), this, [this, id](const ApiReply& reply) { onDryRun(id, reply); });
}

void DeploySession::onDryRun(int id, const ApiReply& reply)
{
    DeployItem* item = m_items.find(id);
    if (!item)
        return;
    item->conflict = !reply && reply.error().isConflict();
    if (reply)
        return compare(id, reply->document, {});
    if (reply.error().isNotFound() && namespaceComes(item->ns))
        return compare(id, item->document.object, tr("The server checks it once the namespace “%1” of this deployment is there.").arg(item->ns));
    setPhase(id, DeployPhase::Refused, errorSentence(reply.error()));
}

bool DeploySession::namespaceComes(const QString& ns) const
{
    const auto& items = m_items.items();
    return std::any_of(items.begin(), items.end(),
        [&](const DeployItem& item) { return item.document.kind() == QLatin1String("Namespace") && item.document.name() == ns; });
}

void DeploySession::compare(int id, const Value& next, const QString& message)
{
    const Value live = m_items.find(id)->live;
    m_thread.compute(
        this, [live, next] { return diffObjects(live, next); },
        [this, id, created = live.isNull(), message](TextDiff diff) {
            DeployItem* item = m_items.find(id);
            if (!item)
                return;
            item->diff = std::move(diff);
            const bool same = !created && item->diff.added == 0 && item->diff.removed == 0;
            setPhase(id, created ? DeployPhase::Created : same ? DeployPhase::Same : DeployPhase::Changed, message);
        });
}

void DeploySession::forceConflict(int itemId)
{
    DeployItem* item = m_items.find(itemId);
    if (!item || !item->conflict)
        return;
    item->force = true;
    dryRun(itemId, item->live);
}

} // namespace kates::app
