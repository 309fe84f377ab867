#include "app/deploy/manifest.h"

#include <algorithm>

#include "app/base/text.h"
#include "engine/api/yaml.h"

namespace kates::app {

namespace {

using api::Value;

int applyRank(const QString& kind)
{
    static const QStringList order { QStringLiteral("Namespace"), QStringLiteral("CustomResourceDefinition"), QStringLiteral("PriorityClass"),
        QStringLiteral("NetworkPolicy"), QStringLiteral("ResourceQuota"), QStringLiteral("LimitRange"), QStringLiteral("PodDisruptionBudget"),
        QStringLiteral("ServiceAccount"), QStringLiteral("Secret"), QStringLiteral("ConfigMap"), QStringLiteral("StorageClass"),
        QStringLiteral("PersistentVolume"), QStringLiteral("PersistentVolumeClaim"), QStringLiteral("ClusterRole"),
        QStringLiteral("ClusterRoleBinding"), QStringLiteral("Role"), QStringLiteral("RoleBinding"), QStringLiteral("Service"),
        QStringLiteral("DaemonSet"), QStringLiteral("Pod"), QStringLiteral("ReplicaSet"), QStringLiteral("Deployment"), QStringLiteral("StatefulSet"),
        QStringLiteral("Job"), QStringLiteral("CronJob"), QStringLiteral("Ingress") };
    const qsizetype place = order.indexOf(kind);
    return int(place < 0 ? order.size() : place);
}

QString problemOf(const Value& object)
{
    if (!object.isObject())
        return QStringLiteral("This document is not a mapping.");
    for (const char* field : { "apiVersion", "kind" }) {
        if (object.str(field).empty())
            return QStringLiteral("This document has no %1.").arg(QLatin1String(field));
    }
    if (object.str("metadata", "name").empty())
        return object.str("metadata", "generateName").empty()
            ? QStringLiteral("This %1 has no metadata.name.").arg(displayText(object.str("kind"), 80))
            : QStringLiteral("An object with generateName cannot be applied; give it a name.");
    return {};
}

void addDocument(std::vector<ManifestDocument>& documents, const QString& source, int line, const Value& object)
{
    if (object.get("items").isArray() && object.str("kind").ends_with("List")) {
        for (const Value& item : object.get("items"))
            addDocument(documents, source, line, item);
        return;
    }
    documents.push_back({ source, line, object, problemOf(object) });
}

void readSource(std::vector<ManifestDocument>& documents, const ManifestSource& source)
{
    if (source.text.size() > kManifestBytesMax) {
        documents.push_back({ source.name, 1, {}, QStringLiteral("The file is larger than 8 MB.") });
        return;
    }
    if (source.text.contains('\0')) {
        documents.push_back({ source.name, 1, {}, QStringLiteral("This is not a text file.") });
        return;
    }
    api::ParseLimits limits;
    limits.bytesMax = std::size_t(kManifestBytesMax);
    const auto parsed = api::parseYaml({ source.text.constData(), std::size_t(source.text.size()) }, limits);
    if (!parsed) {
        documents.push_back({ source.name, 1, {}, displayText(parsed.error().message, 1000) });
        return;
    }
    if (parsed->empty())
        documents.push_back({ source.name, 1, {}, QStringLiteral("There is no document in it.") });
    for (const api::YamlDocument& document : *parsed)
        addDocument(documents, source.name, document.line, document.value);
}

} // namespace

QString ManifestDocument::kind() const { return displayText(object.str("kind"), 200); }

QString ManifestDocument::apiVersion() const { return displayText(object.str("apiVersion"), 300); }

QString ManifestDocument::ns() const { return toQString(object.str("metadata", "namespace")); }

QString ManifestDocument::name() const { return toQString(object.str("metadata", "name")); }

std::vector<ManifestDocument> readManifests(const std::vector<ManifestSource>& sources)
{
    std::vector<ManifestDocument> documents;
    for (const ManifestSource& source : sources)
        readSource(documents, source);
    if (documents.size() > std::size_t(kManifestDocumentsMax)) {
        documents.resize(std::size_t(kManifestDocumentsMax));
        documents.push_back({ sources.front().name, 1, {}, QStringLiteral("Only the first 2,000 documents are taken.") });
    }
    std::stable_sort(documents.begin(), documents.end(),
        [](const ManifestDocument& left, const ManifestDocument& right) { return applyRank(left.kind()) < applyRank(right.kind()); });
    return documents;
}

} // namespace kates::app
