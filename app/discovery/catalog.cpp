#include "app/discovery/catalog.h"

#include <QSet>

#include <algorithm>
#include <tuple>

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
    loadVersion(QStringLiteral("/api/v1"), 0);
    m_client.send(getRequest(m_root + QStringLiteral("/apis")), this, [this](const ApiReply& reply) {
        if (reply)
            loadGroups(reply->document);
        else
            m_problem = errorSentence(reply.error());
        if (--m_pending == 0)
            finish();
    });
}

// The other versions too: some kinds have not made it into the preferred one.
void Catalog::loadGroups(const api::Value& groupList)
{
    for (const api::Value& group : groupList.get("groups")) {
        const std::string_view preferred = group.str("preferredVersion", "groupVersion");
        if (!preferred.empty())
            loadVersion(QStringLiteral("/apis/") + toQString(preferred), 0);
        int rank = 0;
        for (const api::Value& version : group.get("versions")) {
            if (version.str("groupVersion") != preferred)
                loadVersion(QStringLiteral("/apis/") + toQString(version.str("groupVersion")), ++rank);
        }
    }
}

void Catalog::loadVersion(const QString& path, int rank)
{
    ++m_pending;
    m_client.send(getRequest(m_root + path), this, [this, rank](const ApiReply& reply) {
        if (reply) {
            for (ResourceInfo& info : resourcesOf(m_root, reply->document)) {
                if (info.verbs.contains(QLatin1String("list")))
                    m_incoming.push_back({ std::move(info), rank });
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
    const auto identity = [](const Incoming& entry) { return std::tie(entry.info.ref.group, entry.info.ref.resource); };
    std::sort(m_incoming.begin(), m_incoming.end(), [&](const Incoming& left, const Incoming& right) {
        return identity(left) != identity(right) ? identity(left) < identity(right) : left.rank < right.rank;
    });
    std::vector<ResourceInfo> resources;
    for (Incoming& entry : m_incoming) {
        if (resources.empty() || resources.back().ref.group != entry.info.ref.group || resources.back().ref.resource != entry.info.ref.resource)
            resources.push_back(std::move(entry.info));
    }
    m_incoming.clear();
    const auto place = [](const ResourceInfo& info) { return std::tuple(sectionOf(info), rankInSection(info.kind), info.kind, info.ref.group); };
    std::sort(resources.begin(), resources.end(), [&](const ResourceInfo& left, const ResourceInfo& right) { return place(left) < place(right); });
    // The same kind in two groups (events) is listed once, in its newer group only when the core one is missing.
    const auto same = [](const ResourceInfo& left, const ResourceInfo& right) {
        return left.kind == right.kind && sectionOf(left) == sectionOf(right) && sectionOf(left) != Custom;
    };
    resources.erase(std::unique(resources.begin(), resources.end(), same), resources.end());
    // A server that does not answer has not lost its kinds.
    if (!resources.empty() || m_problem.isEmpty())
        take(std::move(resources));
    m_loaded = m_loaded || !m_resources.empty();
    emit changed();
}

// Row by row, so that a list of kinds stays where it was scrolled to when one comes or goes.
void Catalog::take(std::vector<ResourceInfo> resources)
{
    QSet<QString> next;
    for (const ResourceInfo& info : resources)
        next.insert(resourceId(info.ref));
    for (int row = int(m_resources.size()) - 1; row >= 0; --row) {
        if (next.contains(resourceId(m_resources[std::size_t(row)].ref)))
            continue;
        beginRemoveRows({}, row, row);
        m_resources.erase(m_resources.begin() + row);
        endRemoveRows();
    }
    const bool first = m_resources.empty();
    if (first) {
        beginResetModel();
        m_resources = std::move(resources);
        endResetModel();
        return;
    }
    for (int row = 0; row < int(resources.size()); ++row) {
        const bool here = row < int(m_resources.size()) && resourceId(m_resources[std::size_t(row)].ref) == resourceId(resources[std::size_t(row)].ref);
        if (!here) {
            beginInsertRows({}, row, row);
            m_resources.insert(m_resources.begin() + row, resources[std::size_t(row)]);
            endInsertRows();
        } else if (m_resources[std::size_t(row)] != resources[std::size_t(row)]) {
            m_resources[std::size_t(row)] = resources[std::size_t(row)];
            emit dataChanged(index(row), index(row));
        }
    }
    // A kind that moved was inserted at its new place; its old one lies behind.
    if (m_resources.size() > resources.size()) {
        beginRemoveRows({}, int(resources.size()), int(m_resources.size()) - 1);
        m_resources.resize(resources.size());
        endRemoveRows();
    }
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
