#include "app/details/revisions.h"

#include "app/base/age.h"
#include "app/base/text.h"
#include "app/deploy/object_diff.h"
#include "engine/api/meta.h"

namespace kates::app {

using api::Value;

namespace {

constexpr qsizetype kCauseMax = 300;

Revision revisionOf(const Value& item)
{
    const api::ObjectMeta meta(item);
    const bool replicaSet = item.get("spec", "template").isObject();
    Revision revision;
    revision.number = replicaSet ? toQString(meta.annotation("deployment.kubernetes.io/revision")).toLongLong() : item.get("revision").asInt();
    revision.name = displayText(meta.name(), 253);
    revision.cause = displayText(meta.annotation("kubernetes.io/change-cause"), kCauseMax);
    revision.created = parseTimestamp(meta.creationTimestamp());
    revision.podTemplate = replicaSet ? item.get("spec", "template") : item.get("data", "spec", "template");
    revision.podTemplate.erase("$patch"); // an instruction to patching, not part of the template
    if (revision.podTemplate.get("metadata", "labels").has("pod-template-hash"))
        revision.podTemplate.edit("metadata", "labels").erase("pod-template-hash");
    QStringList images;
    for (const Value& container : revision.podTemplate.get("spec", "containers"))
        images.append(displayText(container.str("name"), 63) + QStringLiteral(": ") + displayText(container.str("image"), 300));
    revision.images = images.join(u'\n');
    return revision;
}

QVariantMap described(const Revision& revision, const Revision& current)
{
    const TextDiff diff = diffTexts(yamlLines(current.podTemplate), yamlLines(revision.podTemplate), 1);
    return { { QStringLiteral("revision"), revision.number }, { QStringLiteral("current"), revision.number == current.number },
        { QStringLiteral("name"), revision.name }, { QStringLiteral("created"), revision.created }, { QStringLiteral("cause"), revision.cause },
        { QStringLiteral("images"), revision.images },
        { QStringLiteral("lines"), diff.added + diff.removed == 0 ? QVariantList() : diffLines(diff) } };
}

} // namespace

std::vector<Revision> revisionsOf(const Value& workload, const Value& items)
{
    std::vector<Revision> revisions;
    for (const Value& item : items) {
        if (api::controlledBy(item, api::ObjectMeta(workload).uid()))
            revisions.push_back(revisionOf(item));
    }
    std::sort(revisions.begin(), revisions.end(), [](const Revision& left, const Revision& right) { return left.number > right.number; });
    if (revisions.size() > std::size_t(kRevisionsMax))
        revisions.resize(kRevisionsMax);
    return revisions;
}

Revisions::Revisions(DataThread& thread, ApiClient& client, Notices& notices, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_notices(notices)
{
}

void Revisions::clear()
{
    ++m_round;
    m_target = {};
    m_templates.clear();
    m_list.clear();
    m_problem.clear();
    m_busy = false;
    emit changed();
}

void Revisions::load(const ActionTarget& target)
{
    clear();
    m_target = target;
    m_busy = true;
    emit changed();
    const char* resource = target.kind == QLatin1String("Deployment") ? "replicasets" : "controllerrevisions";
    const ResourceRef kept { target.resource.root, QStringLiteral("apps"), QStringLiteral("v1"), QLatin1String(resource), true };
    m_client.send(getRequest(kept.path(target.ns)), this, [this, round = m_round](const ApiReply& reply) {
        if (round != m_round)
            return;
        if (reply)
            return take(reply->document.get("items"));
        m_busy = false;
        m_problem = errorSentence(reply.error());
        emit changed();
    });
}

void Revisions::take(const Value& items)
{
    using Taken = std::pair<QVariantList, std::map<qint64, Value>>;
    m_thread.compute(
        this,
        [workload = m_target.object, items] {
            Taken taken;
            const std::vector<Revision> revisions = revisionsOf(workload, items);
            for (const Revision& revision : revisions) {
                taken.first.append(described(revision, revisions.front()));
                taken.second[revision.number] = revision.podTemplate;
            }
            return taken;
        },
        [this, round = m_round](Taken taken) {
            if (round != m_round)
                return;
            m_busy = false;
            std::tie(m_list, m_templates) = std::move(taken);
            emit changed();
        });
}

void Revisions::undoTo(qint64 revision)
{
    const auto known = m_templates.find(revision);
    if (known == m_templates.end())
        return;
    const QString name = m_target.name;
    const Value patch = Value::array({ Value::object({ { "op", "replace" }, { "path", "/spec/template" }, { "value", known->second } }) });
    const QString path = m_target.resource.objectPath(m_target.ns, name);
    m_client.send(patchRequest(path, kJsonPatch, patch), this, [this, name, revision](const ApiReply& reply) {
        if (reply)
            m_notices.add(Notices::Success, tr("%1 goes back to revision %2").arg(name).arg(revision));
        else
            m_notices.add(Notices::Problem, tr("%1 was not undone").arg(name), errorSentence(reply.error()));
    });
}

} // namespace kates::app
