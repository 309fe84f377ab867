#include "app/resources/bulk_actions.h"

#include <QSet>

#include "app/base/text.h"

namespace kates::app {

using api::Value;

BulkActions::BulkActions(DataThread& thread, ApiClient& client, Notices& notices, const QString& root, Relations relations, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_notices(notices)
    , m_access(client, root, this)
    , m_relations(std::move(relations))
{
    connect(&m_access, &Access::changed, this, [this] {
        ++m_accessRevision;
        emit accessChanged();
    });
}

void BulkActions::setTargets(const ResourceInfo& info, std::vector<BulkTarget> targets)
{
    m_info = info;
    m_targets = std::move(targets);
    m_owned.clear();
    emit targetsChanged();
    emit ownedChanged();
    askAccess();
}

void BulkActions::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    ++m_accessRevision;
    emit accessChanged();
}

QStringList BulkActions::available() const
{
    QStringList actions;
    const QString& kind = m_info.kind;
    const bool patches = m_info.verbs.contains(QLatin1String("patch"));
    const bool apps = m_info.ref.group == QLatin1String("apps");
    if (patches && apps && (kind == QLatin1String("Deployment") || kind == QLatin1String("StatefulSet") || kind == QLatin1String("DaemonSet")))
        actions.append(QStringLiteral("restart"));
    if (m_info.scales)
        actions.append(QStringLiteral("scale"));
    if (patches && kind == QLatin1String("Node") && m_info.ref.group.isEmpty())
        actions += { QStringLiteral("cordon"), QStringLiteral("uncordon") };
    if (patches)
        actions.append(QStringLiteral("label"));
    if (m_info.verbs.contains(QLatin1String("delete")))
        actions.append(QStringLiteral("delete"));
    return actions;
}

QStringList BulkActions::names() const
{
    QStringList names;
    for (const BulkTarget& target : m_targets) {
        if (names.size() == kBulkShownMax)
            break;
        names.append(target.ns.isEmpty() ? target.name : target.ns + u'/' + target.name);
    }
    return names;
}

QString BulkActions::whyNot(const QString& action) const
{
    if (m_readOnly)
        return tr("This cluster is open for reading only.");
    if (!available().contains(action))
        return tr("The server does not offer this for %1.").arg(m_info.ref.resource);
    const QVariantMap& refusals = m_access.refusals();
    for (auto refusal = refusals.cbegin(); refusal != refusals.cend(); ++refusal) {
        if (refusal.key().section(u'/', 0, 0) != action)
            continue;
        const QString ns = refusal.key().section(u'/', 1);
        return ns.isEmpty() ? tr("You may not do this to %1.").arg(m_info.ref.resource)
                            : tr("You may not do this to %1 in the namespace %2.").arg(m_info.ref.resource, ns);
    }
    return {};
}

void BulkActions::findOwned()
{
    std::set<std::string> owners;
    for (const BulkTarget& target : m_targets) {
        if (!target.uid.empty())
            owners.insert(target.uid);
    }
    const auto related = m_relations();
    const auto work = [related, owners]() mutable {
        std::map<QString, QStringList> found;
        // Owners of owners: a Deployment's pods belong to its replica sets. Three levels cover every built-in kind.
        for (int level = 0; level < 3; ++level) {
            const std::set<std::string> above = owners;
            for (const auto& [info, informer] : related) {
                for (const auto& [key, object] : informer->objects()) {
                    const std::string uid(object.str("metadata", "uid"));
                    if (owners.contains(uid))
                        continue;
                    for (const Value& reference : object.get("metadata", "ownerReferences")) {
                        if (!above.contains(std::string(reference.str("uid"))))
                            continue;
                        owners.insert(uid);
                        found[info.kind].append(toQString(key));
                    }
                }
            }
        }
        QVariantList list;
        for (const auto& [kind, names] : found)
            list.append(QVariantMap { { QStringLiteral("kind"), kind }, { QStringLiteral("count"), int(names.size()) },
                { QStringLiteral("names"), names.mid(0, kBulkShownMax) } });
        return list;
    };
    m_thread.compute(this, work, [this](const QVariantList& owned) {
        m_owned = owned;
        emit ownedChanged();
    });
}

void BulkActions::run(const QString& action, const QString& argument)
{
    if (running() || m_targets.empty() || !whyNot(action).isEmpty() || !problemOf(action, argument).isEmpty())
        return;
    m_run = { action, argument, m_info, m_targets, 0, {} };
    m_done = 0;
    m_total = int(m_targets.size());
    for (int i = 0; i < kBulkInFlight; ++i)
        sendNext();
    emit progressed();
}

void BulkActions::sendNext()
{
    if (m_run.next == m_run.targets.size())
        return;
    const BulkTarget target = m_run.targets[m_run.next++];
    ++m_inFlight;
    m_client.send(bulkRequest(m_run.info, target, m_run.action, m_run.argument), this,
        [this, target](const ApiReply& reply) { onAnswer(target, reply); });
}

void BulkActions::onAnswer(const BulkTarget& target, const ApiReply& reply)
{
    --m_inFlight;
    ++m_done;
    // Somebody else deleted it first: that is what was wanted.
    const bool gone = !reply && reply.error().isNotFound() && m_run.action == QLatin1String("delete");
    if (!reply && !gone)
        m_run.failures.append((target.ns.isEmpty() ? target.name : target.ns + u'/' + target.name) + QStringLiteral(": ") + errorSentence(reply.error()));
    sendNext();
    emit progressed();
    if (m_inFlight == 0)
        finish();
}

void BulkActions::finish()
{
    const int failed = int(m_run.failures.size());
    if (failed > 0) {
        QString detail = m_run.failures.mid(0, 3).join(u'\n');
        if (failed > 3)
            detail += u'\n' + tr("… and %n more.", nullptr, failed - 3);
        m_notices.add(Notices::Problem, tr("%1 of %2 did not work").arg(failed).arg(m_total), detail);
    } else {
        m_notices.add(Notices::Success, m_run.action == QLatin1String("delete") ? tr("%n object(s) are being deleted.", nullptr, m_total)
                                                                                : tr("%n object(s) were changed.", nullptr, m_total));
    }
    emit finished(m_run.action, m_total - failed, failed);
}

} // namespace kates::app
