#include "app/details/object_details.h"

#include "app/base/age.h"
#include "app/base/text.h"
#include "app/deploy/object_diff.h"
#include "app/details/facts_of.h"
#include "app/details/related.h"

namespace kates::app {

using api::Value;

namespace {

constexpr int kRelatedPauseMs = 250;

} // namespace

ObjectDetails::ObjectDetails(DataThread& thread, ApiClient& client, Notices& notices, QString root, InformersOf informers, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_root(std::move(root))
    , m_informers(std::move(informers))
    , m_actions(client, notices)
    , m_access(client, m_root)
    , m_yaml(thread, client)
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
    askAccess(info);
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
    m_changes.clear();
    m_relatedSoon.stop();
    m_actions.setTarget({});
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
    if (!m_target)
        return;
    const auto informers = m_informers();
    m_thread.compute(
        this,
        [object = m_object, informers] {
            std::vector<KnownObjects> known;
            for (const auto& [info, informer] : informers) {
                const QString apiVersion = info.ref.apiVersion();
                known.push_back({ toStd(apiVersion), toStd(info.kind), &informer->objects() });
            }
            const bool complete = std::all_of(informers.begin(), informers.end(),
                [](const auto& entry) { return entry.second->synced() || entry.second->state() == Informer::State::Waiting; });
            QVariantList list;
            for (const RelatedObject& related : relatedTo(object, known)) {
                list.append(QVariantMap { { QStringLiteral("relation"), relationText(related.relation) },
                    { QStringLiteral("owns"), related.relation == RelatedObject::Relation::Owns },
                    { QStringLiteral("apiVersion"), related.apiVersion }, { QStringLiteral("kind"), related.kind },
                    { QStringLiteral("ns"), related.ns }, { QStringLiteral("name"), related.name }, { QStringLiteral("state"), related.state },
                    { QStringLiteral("text"), related.text } });
            }
            return std::pair(list, complete);
        },
        [this, key = key()](const std::pair<QVariantList, bool>& found) {
            if (key != this->key() || (found.first == m_related && found.second == m_relatedKnown))
                return;
            m_related = found.first;
            m_relatedKnown = found.second;
            emit relatedChanged();
        });
}

void ObjectDetails::askAccess(const ResourceInfo& info)
{
    const auto ask = [&](const char* action, const char* verb, const char* subresource = "") {
        return AccessQuestion { QLatin1String(action), QLatin1String(verb), info.ref, QLatin1String(subresource), m_target->ns, m_target->name };
    };
    std::vector<AccessQuestion> questions { ask("delete", "delete"), ask("edit", "update") };
    for (const QString& action : m_actions.available()) {
        if (action == QLatin1String("scale"))
            questions.push_back(ask("scale", "patch", "scale"));
        else if (action == QLatin1String("evict"))
            questions.push_back(ask("evict", "create", "eviction"));
        else if (action != QLatin1String("delete"))
            questions.push_back(ask(action.toLatin1().constData(), "patch"));
    }
    if (info.kind == QLatin1String("Pod"))
        questions.push_back(ask("logs", "get", "log"));
    m_access.ask(questions);
}

void ObjectDetails::openEvents()
{
    InformerOptions options;
    options.resource = { m_root, {}, QStringLiteral("v1"), QStringLiteral("events"), true };
    options.ns = m_target->ns.isEmpty() ? QString() : m_target->ns;
    options.fieldSelector = QStringLiteral("involvedObject.name=%1,involvedObject.kind=%2").arg(m_target->name, m_target->kind);
    m_eventsLive = std::make_unique<LiveResource>(m_thread, m_client, std::move(options));
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
