#include "app/discovery/discovery.h"

#include <algorithm>
#include <numeric>

#include "app/base/text.h"

namespace kates::app {

namespace {

QStringList strings(const api::Value& list)
{
    QStringList result;
    for (const api::Value& item : list)
        result.append(displayText(item.asString(), 200));
    return result;
}

// How many letters have to be put in, taken out or replaced.
int distance(const QString& from, const QString& to)
{
    std::vector<int> row(std::size_t(to.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < from.size(); ++i) {
        int diagonal = std::exchange(row[0], int(i) + 1);
        for (qsizetype k = 0; k < to.size(); ++k) {
            const int next = std::min({ row[std::size_t(k)] + 1, row[std::size_t(k) + 1] + 1, diagonal + (from[i].toLower() != to[k].toLower() ? 1 : 0) });
            diagonal = std::exchange(row[std::size_t(k) + 1], next);
        }
    }
    return row.back();
}

QString unknownKind(const QString& kind, const QString& apiVersion, const QStringList& kinds)
{
    const QString sentence = Discovery::tr("The server has no kind “%1” in %2.").arg(kind, apiVersion);
    const auto nearest = std::min_element(kinds.begin(), kinds.end(),
        [&](const QString& left, const QString& right) { return distance(kind, left) < distance(kind, right); });
    return nearest == kinds.end() || kind.size() > 100 || distance(kind, *nearest) > 2 ? sentence
                                                                                       : sentence + u' ' + Discovery::tr("Did you mean %1?").arg(*nearest);
}

} // namespace

std::vector<ResourceInfo> resourcesOf(const QString& root, const api::Value& resourceList)
{
    const QString groupVersion = toQString(resourceList.str("groupVersion"));
    const qsizetype slash = groupVersion.indexOf(u'/');
    std::vector<ResourceInfo> resources;
    QSet<QString> scaled;
    for (const api::Value& resource : resourceList.get("resources")) {
        const QString name = toQString(resource.str("name"));
        if (name.endsWith(QLatin1String("/scale")))
            scaled.insert(name.section(u'/', 0, 0));
        if (name.contains(u'/'))
            continue;
        ResourceInfo info;
        info.ref = { root, slash < 0 ? QString() : groupVersion.left(slash), groupVersion.mid(slash + 1), name, resource.get("namespaced").asBool() };
        info.kind = displayText(resource.str("kind"), 200);
        info.verbs = strings(resource.get("verbs"));
        info.categories = strings(resource.get("categories"));
        info.shortName = resource.get("shortNames").size() > 0 ? displayText(resource.get("shortNames").at(0).asString(), 20) : QString();
        resources.push_back(std::move(info));
    }
    for (ResourceInfo& info : resources)
        info.scales = scaled.contains(info.ref.resource);
    return resources;
}

Discovery::Discovery(ApiClient& client, QString root, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_root(std::move(root))
{
}

void Discovery::resolve(const QString& apiVersion, const QString& kind, QObject* context, Answer answer)
{
    std::shared_ptr<GroupVersion>& version = m_versions[apiVersion];
    if (!version)
        version = std::make_shared<GroupVersion>();
    auto look = [version = version, apiVersion, kind, guard = QPointer(context), answer] {
        if (!guard)
            return;
        if (const auto known = version->kinds.constFind(kind); known != version->kinds.cend())
            answer(*known);
        else if (!version->problem.isEmpty())
            answer(tl::unexpected(version->problem));
        else
            answer(tl::unexpected(unknownKind(kind, apiVersion, version->kinds.keys())));
    };
    if (version->loaded && version->kinds.contains(kind))
        return look();
    version->waiting.push_back(std::move(look));
    if (!version->loading)
        load(apiVersion);
}

void Discovery::load(const QString& apiVersion)
{
    m_versions[apiVersion]->loading = true;
    const QString path = m_root + (apiVersion.contains(u'/') ? QStringLiteral("/apis/") : QStringLiteral("/api/")) + apiVersion;
    m_client.send(getRequest(path), this, [this, apiVersion](const ApiReply& reply) { onLoaded(apiVersion, reply); });
}

void Discovery::onLoaded(const QString& apiVersion, const ApiReply& reply)
{
    const std::shared_ptr<GroupVersion> version = m_versions[apiVersion];
    version->loading = false;
    version->problem.clear();
    version->kinds.clear();
    if (reply) {
        version->loaded = true;
        for (ResourceInfo& info : resourcesOf(m_root, reply->document))
            version->kinds.insert(info.kind, std::move(info));
    } else if (reply.error().code == 404) {
        version->problem = tr("The server does not know the API version “%1”.").arg(apiVersion);
    } else {
        version->problem = errorSentence(reply.error());
    }
    for (const auto& look : std::exchange(version->waiting, {}))
        look();
}

} // namespace kates::app
