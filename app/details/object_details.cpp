#include "app/details/object_details.h"

#include "app/base/age.h"
#include "app/base/text.h"
#include "app/deploy/object_diff.h"
#include "app/details/conditions_of.h"
#include "app/details/facts_of.h"
#include "app/details/related.h"

namespace kates::app {

using api::Value;

namespace {

constexpr int kRelatedPauseMs = 250;
constexpr qsizetype kTitleMax = 253; // no valid name is longer

} // namespace

ObjectDetails::ObjectDetails(DataThread& thread, ApiClient& client, Notices& notices, ClusterView cluster, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_cluster(std::move(cluster))
    , m_actions(client, notices)
    , m_access(client, m_cluster.root)
    , m_revisions(thread, client, notices)
    , m_preview(thread, client)
    , m_drain(thread, client, notices, m_cluster.root)
    , m_metrics(client, m_cluster.root)
    , m_yaml(thread, client, m_cluster.root)
{
    m_relatedSoon.setSingleShot(true);
    m_relatedSoon.setInterval(kRelatedPauseMs);
    connect(&m_relatedSoon, &QTimer::timeout, this, &ObjectDetails::findRelated);
    connect(&m_access, &Access::changed, this, &ObjectDetails::accessChanged);
}

ObjectDetails::~ObjectDetails() = default;

void ObjectDetails::show(const ResourceInfo& info, const QString& ns, const QString& name)
{
    close();
    m_target = ActionTarget { info.ref, info.kind, ns, name, {} };
    InformerOptions options;
    options.resource = info.ref;
    options.ns = ns;
    options.fieldSelector = QStringLiteral("metadata.name=") + name;
    m_live = std::make_unique<LiveResource>(m_thread, m_client, std::move(options));
    connect(m_live.get(), &LiveResource::stateChanged, this, &ObjectDetails::changed);
    connect(m_live->informer(), &Informer::changed, m_live->informer(),
        [self = QPointer(this), this, live = QPointer(m_live.get()), kind = toStd(info.kind)](const Deltas& deltas) {
            for (const Delta& delta : deltas) {
                Value object = delta.kind == Delta::Kind::Set ? delta.object : Value();
                if (object.isObject())
                    object.set("kind", kind); // items of lists do not say it
                postToGui(self, [this, live, object] {
                    if (live && live == m_live.get())
                        takeObject(object);
                });
            }
        });
    openEvents();
    m_actions.setTarget(*m_target);
    m_yaml.setTarget(info.ref, info.kind, ns, name);
    m_metrics.setTarget(*m_target);
    m_access.ask(rightsFor(*m_target));
    m_live->start();
    emit targetChanged();
    emit changed();
}

void ObjectDetails::close()
{
    m_live.reset();
    m_eventsLive.reset();
    const std::unique_ptr<ObjectListModel> events = std::move(m_events);
    m_target.reset();
    m_object = {};
    m_status = {};
    m_gone = m_relatedKnown = false;
    m_related.clear();
    m_relatedProblem.clear();
    m_changes.clear();
    m_relatedSoon.stop();
    m_actions.setTarget({});
    m_metrics.setTarget({});
    m_revisions.clear();
    m_preview.clear();
    m_yaml.clear();
    emit targetChanged();
    emit changed();
    emit relatedChanged();
}

void ObjectDetails::restart()
{
    for (LiveResource* live : { m_live.get(), m_eventsLive.get() }) {
        if (live)
            live->start();
    }
    m_drain.restart();
}

void ObjectDetails::setReadOnly(const QString& reason)
{
    if (m_readOnly == reason)
        return;
    m_readOnly = reason;
    emit accessChanged();
}

QVariantMap ObjectDetails::refusals() const
{
    QVariantMap refusals = m_access.refusals();
    if (m_readOnly.isEmpty() || !m_target)
        return refusals;
    for (const AccessQuestion& question : rightsFor(*m_target)) {
        if (question.verb != QLatin1String("get"))
            refusals.insert(question.action, m_readOnly);
    }
    return refusals;
}

void ObjectDetails::refreshRelated()
{
    if (isOpen() && !m_relatedSoon.isActive())
        m_relatedSoon.start();
}

void ObjectDetails::takeObject(const Value& object)
{
    if (object.isNull()) {
        m_gone = found();
        m_status = { ObjectState::Terminating, tr("Deleted"), {} };
    } else {
        if (found())
            noteChange(m_object, object);
        m_gone = false;
        m_object = object;
        m_status = objectStatus(object);
        m_target->object = object;
        m_actions.setTarget(*m_target);
        m_yaml.setLive(object);
    }
    m_relatedSoon.start();
    emit changed();
}

void ObjectDetails::noteChange(const Value& before, const Value& after)
{
    // Status counts here: what changed since the drawer was opened is mostly that.
    const auto cleaned = [](Value object) {
        object.edit("metadata").erase("managedFields");
        object.edit("metadata").erase("resourceVersion");
        return object;
    };
    m_thread.compute(
        this, [a = cleaned(before), b = cleaned(after)] { return diffTexts(yamlLines(a), yamlLines(b), 1); },
        [this, key = key()](const TextDiff& diff) {
            if (key != this->key() || diff.added + diff.removed == 0)
                return;
            m_changes.prepend(QVariantMap { { QStringLiteral("when"), QDateTime::currentDateTime() }, { QStringLiteral("added"), diff.added },
                { QStringLiteral("removed"), diff.removed }, { QStringLiteral("lines"), diffLines(diff) } });
            while (m_changes.size() > kChangesMax)
                m_changes.removeLast();
            emit changed();
        });
}

void ObjectDetails::findRelated()
{
    struct Found {
        QVariantList list;
        QStringList unread;
        bool complete = true;
    };
    if (!m_target)
        return;
    m_thread.compute(
        this,
        [object = m_object, informers = m_cluster.informers()] {
            Found found;
            std::vector<KnownObjects> known;
            for (const auto& [info, informer] : informers) {
                const QString apiVersion = info.ref.apiVersion();
                known.push_back({ toStd(apiVersion), toStd(info.kind), &informer->objects() });
                const bool refused = informer->state() == Informer::State::Waiting && !informer->synced();
                found.complete = found.complete && (informer->synced() || refused);
                if (refused && !informer->lastError().isNotFound()) // a kind that the server lacks has no objects
                    found.unread.append(info.kind);
            }
            for (const RelatedObject& related : relatedTo(object, known)) {
                found.list.append(QVariantMap { { QStringLiteral("relation"), relationText(related.relation) },
                    { QStringLiteral("apiVersion"), related.apiVersion }, { QStringLiteral("kind"), related.kind },
                    { QStringLiteral("ns"), related.ns }, { QStringLiteral("name"), related.name },
                    { QStringLiteral("title"), displayText(toStd(related.name), kTitleMax) }, { QStringLiteral("state"), related.state },
                    { QStringLiteral("text"), related.text } });
            }
            return found;
        },
        [this, key = key(), kind = kind()](const Found& found) {
            const QString unread = found.unread.join(QLatin1String(", "));
            const QString problem = unread.isEmpty() ? QString() : tr("These kinds could not be read: %1.").arg(unread);
            if (key != this->key() || kind != this->kind()
                || (found.list == m_related && found.complete == m_relatedKnown && problem == m_relatedProblem))
                return;
            m_related = found.list;
            m_relatedKnown = found.complete;
            m_relatedProblem = problem;
            emit relatedChanged();
        });
}

void ObjectDetails::openEvents()
{
    InformerOptions options;
    options.resource = { m_cluster.root, {}, QStringLiteral("v1"), QStringLiteral("events"), true };
    options.ns = m_target->ns.isEmpty() ? QString() : m_target->ns;
    options.fieldSelector = QStringLiteral("involvedObject.name=%1,involvedObject.kind=%2").arg(m_target->name, m_target->kind);
    m_eventsLive = std::make_unique<LiveResource>(m_thread, m_client, std::move(options));
    connect(m_eventsLive.get(), &LiveResource::stateChanged, this, &ObjectDetails::eventsChanged);
    m_events = std::make_unique<ObjectListModel>(m_thread, eventRoles());
    m_thread.with(m_events->feed(), [informer = m_eventsLive->informer()](ListFeed& feed) {
        feed.setOrder([](const Value& left, const Value& right) {
            const auto when
                = [](const Value& event) { return event.str("lastTimestamp").empty() ? event.str("eventTime") : event.str("lastTimestamp"); };
            return when(right).compare(when(left));
        });
        feed.setInformer(informer);
    });
    m_eventsLive->start();
}

std::vector<ObjectListModel::Role> ObjectDetails::eventRoles()
{
    return {
        { "state", [](const Value& event) { return int(event.str("type") == "Warning" ? ObjectState::Waiting : ObjectState::Neutral); } },
        { "reason", [](const Value& event) { return displayText(event.str("reason"), 120); } },
        { "message", [](const Value& event) { return displayText(event.str("message"), 1000); } },
        { "count", [](const Value& event) { return int(std::max(event.get("count").asInt(1), event.get("series", "count").asInt(1))); } },
        { "source",
            [](const Value& event) {
                const std::string_view component = event.str("source", "component");
                return displayText(component.empty() ? event.str("reportingComponent") : component, 120);
            } },
        { "last",
            [](const Value& event) {
                const std::string_view last = event.str("lastTimestamp").empty() ? event.str("eventTime") : event.str("lastTimestamp");
                return parseTimestamp(last.empty() ? event.str("metadata", "creationTimestamp") : last);
            } },
    };
}

QDateTime ObjectDetails::created() const { return parseTimestamp(m_object.str("metadata", "creationTimestamp")); }

QString ObjectDetails::title() const { return displayText(toStd(name()), kTitleMax); }

QString ObjectDetails::lag() const { return lagOf(m_object); }

QVariantList ObjectDetails::facts() const { return factsOf(m_object); }

QVariantList ObjectDetails::gauges() const { return gaugesOf(m_object); }

QVariantList ObjectDetails::conditions() const { return conditionsOf(m_object); }

QVariantList ObjectDetails::containers() const
{
    return m_target && m_target->kind == QLatin1String("Pod") ? containersOf(m_object) : QVariantList();
}

QVariantList ObjectDetails::labels() const { return pairsOf(m_object.get("metadata", "labels")); }

QVariantList ObjectDetails::annotations() const { return pairsOf(m_object.get("metadata", "annotations")); }

} // namespace kates::app
