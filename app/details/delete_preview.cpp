#include "app/details/delete_preview.h"

#include <map>
#include <unordered_set>

#include "app/base/text.h"
#include "engine/api/meta.h"

namespace kates::app {

using api::Value;

namespace {

constexpr const char* kMetadataAccept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";

bool ownedByOneOf(const Value& object, const std::unordered_set<std::string>& uids)
{
    for (const Value& owner : api::ObjectMeta(object).ownerReferences()) {
        if (uids.contains(std::string(owner.str("uid"))))
            return true;
    }
    return false;
}

// Events and the like come and go by themselves, and are no loss.
bool isLoss(const ResourceInfo& info)
{
    return info.verbs.contains(QLatin1String("list")) && info.verbs.contains(QLatin1String("delete")) && info.kind != QLatin1String("Event");
}

} // namespace

Dependents dependentsOf(const std::string& uid, const std::vector<std::pair<QString, Value>>& lists)
{
    std::unordered_set<std::string> owners { uid }, found;
    std::map<QString, QStringList> names;
    bool more = true;
    while (more) {
        more = false;
        for (const auto& [kind, items] : lists) {
            for (const Value& item : items) {
                const api::ObjectMeta meta(item);
                const std::string own(meta.uid());
                if (found.contains(own) || (!uid.empty() && (own == uid || !ownedByOneOf(item, owners))))
                    continue;
                found.insert(own);
                owners.insert(own);
                names[kind].append(displayText(meta.name(), 253));
                more = !uid.empty();
            }
        }
    }
    Dependents dependents;
    dependents.total = int(found.size());
    for (auto& [kind, list] : names) {
        const qsizetype count = list.size();
        list.sort();
        const QStringList some = list.mid(0, kPreviewNames);
        dependents.counts.append(QVariantMap { { QStringLiteral("kind"), kind }, { QStringLiteral("count"), int(count) },
            { QStringLiteral("names"), some.join(QStringLiteral(", ")) + (count > some.size() ? QStringLiteral(" …") : QString()) } });
    }
    return dependents;
}

DeletePreview::DeletePreview(DataThread& thread, ApiClient& client, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
{
}

void DeletePreview::clear()
{
    ++m_round;
    m_target = {};
    m_lists.clear();
    m_counts.clear();
    m_unread.clear();
    m_pending = m_total = 0;
    m_atLeast = false;
    emit changed();
}

void DeletePreview::load(const ActionTarget& target, const std::vector<ResourceInfo>& kinds)
{
    clear();
    m_target = target;
    const bool isNamespace = target.kind == QLatin1String("Namespace");
    const QString ns = isNamespace ? target.name : target.ns;
    for (const ResourceInfo& info : kinds) {
        // What has a namespace owns only what is in the same one.
        if (isLoss(info) && (info.ref.namespaced || ns.isEmpty()))
            read(info, ns);
    }
    emit changed();
}

void DeletePreview::read(const ResourceInfo& info, const QString& ns)
{
    ApiRequest request = getRequest(info.ref.path(ns));
    request.accept = kMetadataAccept;
    request.query.addQueryItem(QStringLiteral("limit"), QString::number(kPreviewPage));
    ++m_pending;
    m_client.send(request, this, [this, round = m_round, kind = info.kind](const ApiReply& reply) {
        if (round != m_round)
            return;
        if (reply) {
            m_lists.emplace_back(kind, reply->document.get("items"));
            m_atLeast = m_atLeast || !reply->document.str("metadata", "continue").empty();
        } else if (!reply.error().isNotFound() && reply.error().code != 405) {
            m_unread.append(kind);
            m_atLeast = true;
        }
        if (--m_pending == 0)
            finish();
    });
}

void DeletePreview::finish()
{
    ++m_pending; // until the count is there
    const bool everything = m_target.kind == QLatin1String("Namespace");
    m_thread.compute(
        this,
        [uid = everything ? std::string() : std::string(api::ObjectMeta(m_target.object).uid()), lists = std::exchange(m_lists, {})] {
            return dependentsOf(uid, lists);
        },
        [this, round = m_round](const Dependents& dependents) {
            if (round != m_round)
                return;
            m_pending = 0;
            m_counts = dependents.counts;
            m_total = dependents.total;
            emit changed();
        });
}

} // namespace kates::app
