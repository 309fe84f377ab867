// The checking half of DeploySession: what would the server do?
#include "app/base/text.h"
#include "app/deploy/deploy_session.h"
#include "app/deploy/object_diff.h"

namespace kates::app {

using api::Value;

QString conflictSentence(const api::StatusError& error)
{
    // conflict with "kubectl" using apps/v1: .spec.replicas
    std::map<QString, QStringList> byManager;
    for (const api::StatusCause& cause : error.causes) {
        const QString manager = displayText(cause.message).section(u'"', 1, 1);
        QString field = displayText(cause.field, 300);
        byManager[manager].append(field.startsWith(u'.') ? field.mid(1) : field);
    }
    if (byManager.empty() || byManager.contains({}))
        return errorSentence(error);
    QStringList lines;
    for (const auto& [manager, fields] : byManager)
        lines.append(DeploySession::tr("“%1” manages %2 here, with other values.").arg(manager, fields.join(QStringLiteral(", "))));
    lines.append(DeploySession::tr("Leave these fields out of the manifest, or take them over."));
    return lines.join(u'\n');
}

QString refusalSentence(const ManifestDocument& document, const api::StatusError& error)
{
    QString text = errorSentence(error);
    QStringList fields;
    for (const api::StatusCause& cause : error.causes)
        fields.append(toQString(cause.field));
    // Strict decoding: unknown field "spec.replica"
    const QString named = text.section(QLatin1String("field \""), 1).section(u'"', 0, 0);
    if (!named.isEmpty())
        fields.append(named);
    QStringList lines;
    for (const QString& field : fields.mid(0, 5)) {
        if (const int line = lineOfField(document, field))
            lines.append(DeploySession::tr("%1 is in line %2.").arg(displayText(toStd(field), 200)).arg(line));
    }
    return lines.isEmpty() ? text : text + u'\n' + lines.join(u'\n');
}

void DeploySession::recheck()
{
    ++m_checkRound;
    m_checking = 0;
    m_toCheck.clear();
    m_interruption.clear();
    for (const DeployItem& item : m_items.items()) {
        if (item.document.problem.isEmpty() && item.applied.isNull())
            m_toCheck.push_back(item.id);
    }
    const QString message = m_discovery ? QString() : tr("Choose a cluster to deploy to.");
    for (const int id : m_toCheck) {
        const DeployItem* item = m_items.find(id);
        if (item->phase != DeployPhase::Checking || item->message != message)
            setPhase(id, DeployPhase::Checking, message);
    }
    if (!m_discovery)
        m_toCheck.clear();
    for (int i = 0; i < kChecksInFlight; ++i)
        checkNext();
    emit changed();
}

void DeploySession::checkNext()
{
    if (m_toCheck.empty() || m_checking >= kChecksInFlight)
        return;
    const int id = m_toCheck.front();
    m_toCheck.pop_front();
    ++m_checking;
    check(id);
}

void DeploySession::check(int id)
{
    DeployItem* item = m_items.find(id);
    if (!item || !m_discovery)
        return;
    m_discovery->resolve(toQString(item->document.object.str("apiVersion")), toQString(item->document.object.str("kind")), this,
        [this, id, round = m_checkRound](const tl::expected<ResourceInfo, QString>& resource) {
            if (round == m_checkRound)
                onResolved(id, resource);
        });
}

// The answer for one document is complete: the next may be asked for.
void DeploySession::checked(int id, DeployPhase::Value phase, const QString& message)
{
    setPhase(id, phase, message);
    --m_checking;
    checkNext();
}

bool DeploySession::kindComes(const ManifestDocument& document) const
{
    return m_newKinds.contains(document.apiVersion().section(u'/', 0, 0) + u'/' + document.kind());
}

void DeploySession::onResolved(int id, const tl::expected<ResourceInfo, QString>& resource)
{
    DeployItem* item = m_items.find(id);
    if (!item)
        return;
    const QString named = item->document.ns();
    const QString standard = m_chart.active() ? m_chart.ns() : QStringLiteral("default");
    if (!resource) {
        item->resource = {};
        item->ns = named;
        if (!kindComes(item->document))
            return checked(id, DeployPhase::Refused, resource.error());
        item->live = {};
        return compare(id, item->document.object, tr("New. The server checks it once its kind is there, which comes with this deployment."));
    }
    item->resource = *resource;
    item->ns = !resource->ref.namespaced ? QString() : named.isEmpty() ? standard : named;
    m_client.send(getRequest(resource->ref.objectPath(item->ns, item->document.name())), this,
        [this, id, round = m_checkRound](const ApiReply& reply) {
            if (round != m_checkRound)
                return;
            if (reply)
                dryRun(id, reply->document);
            else if (reply.error().isNotFound())
                dryRun(id, {});
            else
                checked(id, DeployPhase::Refused, errorSentence(reply.error()));
        });
}

ApiRequest DeploySession::applyRequest(const DeployItem& item, bool dryRun) const
{
    ApiRequest request = patchRequest(item.resource.ref.objectPath(item.ns, item.document.name()), kApplyPatch, item.document.object);
    request.query.addQueryItem(QStringLiteral("fieldManager"), QLatin1String(kFieldManager));
    request.query.addQueryItem(QStringLiteral("fieldValidation"), QStringLiteral("Strict"));
    if (dryRun)
        request.query.addQueryItem(QStringLiteral("dryRun"), QStringLiteral("All"));
    // A chart's objects belong to helm, and it is helm that will change them.
    if (item.force || (dryRun && m_chart.active()))
        request.query.addQueryItem(QStringLiteral("force"), QStringLiteral("true"));
    return request;
}

void DeploySession::dryRun(int id, const Value& live)
{
    DeployItem* item = m_items.find(id);
    if (!item)
        return;
    item->live = live;
    m_client.send(applyRequest(*item, true), this, [this, id, round = m_checkRound](const ApiReply& reply) {
        if (round == m_checkRound)
            onDryRun(id, reply);
    });
}

void DeploySession::onDryRun(int id, const ApiReply& reply)
{
    DeployItem* item = m_items.find(id);
    if (!item)
        return;
    item->conflict = !reply && reply.error().isConflict();
    if (reply)
        return compare(id, reply->document, {});
    const bool comes = m_newNamespaces.contains(item->ns) || (m_chart.active() && item->ns == m_chart.ns());
    if (reply.error().isNotFound() && comes)
        return compare(id, item->document.object, tr("New. The server checks it once the namespace “%1” of this deployment is there.").arg(item->ns));
    checked(id, DeployPhase::Refused,
        item->conflict ? conflictSentence(reply.error()) : refusalSentence(item->document, reply.error()));
}

void DeploySession::compare(int id, const Value& next, const QString& message)
{
    const Value live = m_items.find(id)->live;
    m_thread.compute(
        this, [live, next] { return diffObjects(live, next); },
        [this, id, created = live.isNull(), message, round = m_checkRound](TextDiff diff) {
            DeployItem* item = m_items.find(id);
            if (!item || round != m_checkRound)
                return;
            item->diff = std::move(diff);
            const bool same = !created && item->diff.added == 0 && item->diff.removed == 0;
            checked(id, created ? DeployPhase::Created : same ? DeployPhase::Same : DeployPhase::Changed, message);
        });
}

void DeploySession::forceConflict(int itemId)
{
    DeployItem* item = m_items.find(itemId);
    if (!item || !item->conflict || m_stage == Applying || m_stage == Undoing)
        return;
    item->force = true;
    item->conflict = false;
    if (m_stage != Review)
        setStage(Review);
    setPhase(itemId, DeployPhase::Checking);
    m_toCheck.push_back(itemId);
    checkNext();
}

} // namespace kates::app
