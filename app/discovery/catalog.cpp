#include "app/discovery/catalog.h"

#include <algorithm>

#include "app/base/text.h"

namespace kates::app {

QString resourceId(const ResourceRef& ref) { return ref.group.isEmpty() ? ref.resource : ref.resource + u'.' + ref.group; }

Catalog::Catalog(ApiClient& client, QString root, QObject* parent)
    : QAbstractListModel(parent)
    , m_client(client)
    , m_root(std::move(root))
{
}

void Catalog::load()
{
    if (m_pending > 0)
        return;
    m_incoming.clear();
    m_problem.clear();
    m_pending = 1;
    loadVersion(QStringLiteral("/api/v1"));
    m_client.send(getRequest(m_root + QStringLiteral("/apis")), this, [this](const ApiReply& reply) {
        if (reply)
            loadGroups(reply->document);
        else
            m_problem = errorSentence(reply.error());
        if (--m_pending == 0)
            finish();
    });
}

void Catalog::loadGroups(const api::Value& groupList)
{
    for (const api::Value& group : groupList.get("groups")) {
        const std::string_view preferred = group.str("preferredVersion", "groupVersion");
        if (!preferred.empty())
            loadVersion(QStringLiteral("/apis/") + toQString(preferred));
    }
}

void Catalog::loadVersion(const QString& path)
{
    ++m_pending;
    m_client.send(getRequest(m_root + path), this, [this](const ApiReply& reply) {
        if (reply) {
            for (ResourceInfo& info : resourcesOf(m_root, reply->document)) {
                if (info.verbs.contains(QLatin1String("list")) && info.verbs.contains(QLatin1String("watch")))
                    m_incoming.push_back(std::move(info));
            }
        } else {
            m_problem = errorSentence(reply.error());
        }
        if (--m_pending == 0)
            finish();
    });
}

void Catalog::finish()
{
    const auto place = [](const ResourceInfo& info) { return std::tuple(sectionOf(info), rankInSection(info.kind), info.kind, info.ref.group); };
    std::sort(m_incoming.begin(), m_incoming.end(), [&](const ResourceInfo& left, const ResourceInfo& right) { return place(left) < place(right); });
    // The same kind in two groups (events) is listed once, in its newer group only when the core one is missing.
    const auto same = [](const ResourceInfo& left, const ResourceInfo& right) {
        return left.kind == right.kind && sectionOf(left) == sectionOf(right) && sectionOf(left) != Custom;
    };
    m_incoming.erase(std::unique(m_incoming.begin(), m_incoming.end(), same), m_incoming.end());
    beginResetModel();
    m_resources = std::move(m_incoming);
    m_loaded = m_loaded || !m_resources.empty();
    endResetModel();
    emit changed();
}

const ResourceInfo* Catalog::byId(const QString& id) const
{
    const auto found = std::find_if(m_resources.begin(), m_resources.end(), [&](const ResourceInfo& info) { return resourceId(info.ref) == id; });
    return found == m_resources.end() ? nullptr : &*found;
}

const ResourceInfo* Catalog::byKind(const QString& apiVersion, const QString& kind) const
{
    const QString group = apiVersion.contains(u'/') ? apiVersion.section(u'/', 0, 0) : QString();
    const auto found = std::find_if(
        m_resources.begin(), m_resources.end(), [&](const ResourceInfo& info) { return info.kind == kind && info.ref.group == group; });
    return found == m_resources.end() ? nullptr : &*found;
}

QString Catalog::idOf(const QString& typed) const
{
    const QString text = typed.trimmed().toLower();
    for (const ResourceInfo& info : m_resources) {
        const QString kind = info.kind.toLower();
        for (const QString& name : { info.ref.resource, kind, info.shortName }) {
            if (!name.isEmpty() && (text == name || text == name + u'.' + info.ref.group))
                return resourceId(info.ref);
        }
    }
    return {};
}

QString Catalog::kindOf(const QString& id) const
{
    const ResourceInfo* info = byId(id);
    return info ? info->kind : QString();
}

QString Catalog::idOfKind(const QString& apiVersion, const QString& kind) const
{
    const ResourceInfo* info = byKind(apiVersion, kind);
    return info ? resourceId(info->ref) : QString();
}

int Catalog::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_resources.size()); }

QVariant Catalog::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ResourceInfo& info = m_resources[std::size_t(index.row())];
    switch (role) {
    case IdRole:
        return resourceId(info.ref);
    case SectionRole:
        return sectionText(sectionOf(info));
    case KindRole:
        return info.kind;
    case LabelRole:
        return pluralOf(info.kind);
    case GroupRole:
        return info.ref.group;
    case ShortNameRole:
        return info.shortName;
    case NamespacedRole:
        return info.ref.namespaced;
    default:
        return {};
    }
}

QHash<int, QByteArray> Catalog::roleNames() const
{
    return { { IdRole, "resourceId" }, { SectionRole, "section" }, { KindRole, "kind" }, { LabelRole, "label" }, { GroupRole, "group" },
        { ShortNameRole, "shortName" }, { NamespacedRole, "namespaced" } };
}

} // namespace kates::app
