// The applying half of DeploySession: in order, until it is ready, and back again.
#include "app/base/text.h"
#include "app/deploy/deploy_session.h"

namespace kates::app {

using api::Value;

namespace {

constexpr int kKindRetryMs = 500;

// No answer from the server itself: it may or may not have done it.
bool wentAway(const api::StatusError& error)
{
    return error.reason == kUnreachable || error.reason == kTimedOut || error.reason == kReadOnlyHere || error.code == 401 || error.code == 502
        || error.code == 503 || error.code == 504;
}

QString keyOfItem(const DeployItem& item) { return item.ns.isEmpty() ? item.document.name() : item.ns + u'/' + item.document.name(); }

} // namespace

void DeploySession::apply()
{
    if (m_stage != Review || toApply() == 0 || !m_discovery)
        return;
    m_interruption.clear();
    setStage(Applying);
    if (m_chart.active())
        m_chart.install(m_discovery->root(), [this](const QByteArray&, const QString& problem) { onInstalled(problem); });
    else
        applyNext();
}

void DeploySession::onInstalled(const QString& problem)
{
    if (!problem.isEmpty()) {
        m_interruption = problem;
        return setStage(Review);
    }
    setStage(Following);
    for (const DeployItem& item : m_items.items()) {
        if (item.canApply() || item.phase == DeployPhase::Same)
            followItem(item.id);
    }
    settle();
}

void DeploySession::applyNext()
{
    for (const DeployItem& item : m_items.items()) {
        if (item.canApply())
            return applyItem(item.id);
    }
    m_stage = Following;
    settle();
    emit changed();
}

void DeploySession::applyItem(int id)
{
    DeployItem* item = m_items.find(id);
    if (!item->isResolved())
        return resolveThenApply(id, 0);
    const ApiRequest request = applyRequest(*item, false);
    const DeployPhase::Value before = item->phase;
    setPhase(id, DeployPhase::Applying);
    m_client.send(request, this, [this, id, before](const ApiReply& reply) { onApplied(id, before, reply); });
}

// Its definition was applied a moment ago; the server says when it serves the kind only by serving it.
void DeploySession::resolveThenApply(int id, int waitedMs)
{
    DeployItem* item = m_items.find(id);
    if (!m_discovery)
        return setStage(Review);
    const QString apiVersion = toQString(item->document.object.str("apiVersion")), kind = toQString(item->document.object.str("kind"));
    m_discovery->resolve(apiVersion, kind, this, [this, id, waitedMs](const tl::expected<ResourceInfo, QString>& resource) {
        DeployItem* known = m_items.find(id);
        if (resource) {
            known->resource = *resource;
            known->ns = !resource->ref.namespaced ? QString() : known->ns.isEmpty() ? QStringLiteral("default") : known->ns;
            return applyItem(id);
        }
        if (waitedMs >= kKindWaitMs) {
            setPhase(id, DeployPhase::Failed, resource.error());
            return applyNext();
        }
        m_items.setPhase(id, known->phase, tr("Waiting for the server to serve this kind …"));
        m_kindRetry.disconnect(this);
        connect(&m_kindRetry, &QTimer::timeout, this, [this, id, waitedMs] { resolveThenApply(id, waitedMs + kKindRetryMs); });
        m_kindRetry.start(kKindRetryMs);
    });
}

void DeploySession::onApplied(int id, DeployPhase::Value before, const ApiReply& reply)
{
    DeployItem* item = m_items.find(id);
    if (!reply && wentAway(reply.error())) {
        // Applying is the same however often it is done, so what was not answered is simply applied again.
        setPhase(id, before, tr("No answer came: it may or may not have been applied. Applying again does no harm."));
        m_interruption = tr("Stopped before the end: %1 Everything that is left is still here; apply again to go on.").arg(errorSentence(reply.error()));
        return setStage(Review);
    }
    if (!reply) {
        item->force = false;
        item->conflict = reply.error().isConflict();
        setPhase(id, DeployPhase::Failed, item->conflict ? conflictSentence(reply.error()) : refusalSentence(item->document, reply.error()));
        return applyNext();
    }
    item->applied = reply->document;
    emit applied({ keyOfItem(*item) });
    followItem(id);
    applyNext();
}

void DeploySession::followItem(int id)
{
    DeployItem* item = m_items.find(id);
    if (!item->isResolved() || !DeployFollower::follows(item->document.kind()))
        return setPhase(id, DeployPhase::Ready);
    setPhase(id, DeployPhase::Following);
    m_follower.follow(id, item->resource.ref, item->document.kind(), item->ns, item->document.name());
}

void DeploySession::onFollowed(int id, const StateAndText& status)
{
    const DeployItem* item = m_items.find(id);
    if (!item || (item->phase != DeployPhase::Following && item->phase != DeployPhase::Ready))
        return;
    const bool ready = status.state == ObjectState::Ok || status.state == ObjectState::Done || status.state == ObjectState::Neutral;
    const QString text = status.reason.isEmpty() ? status.text
        : status.text.isEmpty()                  ? status.reason
                                                 : status.text + QStringLiteral(" — ") + status.reason;
    setPhase(id, ready ? DeployPhase::Ready : DeployPhase::Following, text);
    settle();
}

bool DeploySession::canUndo() const
{
    if (m_stage != Following && m_stage != Finished && m_stage != Review)
        return false;
    if (m_chart.active())
        return m_stage != Review && m_items.countOf(DeployPhase::Undone) == 0;
    const auto& items = m_items.items();
    return std::any_of(items.begin(), items.end(), [](const DeployItem& item) { return !item.applied.isNull(); });
}

void DeploySession::undo()
{
    if (!canUndo() || !m_discovery)
        return;
    m_follower.clear();
    m_interruption.clear();
    setStage(Undoing);
    if (!m_chart.active())
        return undoNext();
    m_chart.undo(m_discovery->root(), [this](const QByteArray&, const QString& problem) {
        m_interruption = problem;
        for (const DeployItem& item : m_items.items()) {
            if (problem.isEmpty() && item.document.problem.isEmpty())
                setPhase(item.id, DeployPhase::Undone);
        }
        setStage(Finished);
    });
}

// The last that was applied first, as nothing is left that needs it then.
void DeploySession::undoNext()
{
    const auto& items = m_items.items();
    const auto last = std::find_if(items.rbegin(), items.rend(), [](const DeployItem& item) { return !item.applied.isNull(); });
    if (last != items.rend())
        return undoItem(last->id);
    setStage(Finished);
}

void DeploySession::undoItem(int id)
{
    DeployItem* item = m_items.find(id);
    setPhase(id, DeployPhase::Undoing);
    const QString path = item->resource.ref.objectPath(item->ns, item->document.name());
    if (item->live.isNull()) {
        Value options = Value::object({ { "apiVersion", "v1" }, { "kind", "DeleteOptions" }, { "propagationPolicy", "Background" } });
        options.edit("preconditions").set("uid", item->applied.str("metadata", "uid"));
        m_client.send(deleteRequest(path, options), this, [this, id](const ApiReply& reply) { undone(id, reply); });
        return;
    }
    m_client.send(getRequest(path), this, [this, id](const ApiReply& reply) {
        if (reply)
            restore(id, reply->document);
        else
            undone(id, reply);
    });
}

void DeploySession::restore(int id, const Value& current)
{
    DeployItem* item = m_items.find(id);
    const std::int64_t applied = item->applied.get("metadata", "generation").asInt();
    if (applied != 0 && current.get("metadata", "generation").asInt() != applied) {
        api::StatusError changed;
        changed.message = toStd(tr("Somebody else has changed it since, so it was left as it is."));
        return undone(id, api::ApiFailure(changed));
    }
    Value previous = item->live;
    Value& metadata = previous.edit("metadata");
    metadata.erase("managedFields"); // the server works out who owns what now
    metadata.set("resourceVersion", current.str("metadata", "resourceVersion"));
    ApiRequest request = postRequest(item->resource.ref.objectPath(item->ns, item->document.name()), previous);
    request.method = "PUT";
    request.query.addQueryItem(QStringLiteral("fieldManager"), QLatin1String(kFieldManager));
    m_client.send(request, this, [this, id](const ApiReply& reply) { undone(id, reply); });
}

void DeploySession::undone(int id, const ApiReply& reply)
{
    DeployItem* item = m_items.find(id);
    const bool gone = !reply && reply.error().isNotFound() && item->live.isNull();
    if (!reply && wentAway(reply.error())) {
        setPhase(id, DeployPhase::Ready, errorSentence(reply.error()));
        m_interruption = tr("Stopped before the end: %1 Undo again to go on.").arg(errorSentence(reply.error()));
        return setStage(Finished);
    }
    item->applied = {};
    if (reply || gone)
        setPhase(id, DeployPhase::Undone, item->live.isNull() ? tr("It was new, and was deleted.") : QString());
    else
        setPhase(id, DeployPhase::Failed, errorSentence(reply.error()));
    undoNext();
}

} // namespace kates::app
