// Where a kind stands in the navigation.
#include <QCoreApplication>

#include "app/discovery/catalog.h"

namespace kates::app {

namespace {

struct Place {
    Catalog::Section section;
    const char* kinds; // in their order
};

constexpr Place kPlaces[] = {
    { Catalog::Workloads,
        "Pod Deployment StatefulSet DaemonSet ReplicaSet Job CronJob ReplicationController HorizontalPodAutoscaler PodDisruptionBudget PodTemplate" },
    { Catalog::Network, "Service Ingress EndpointSlice Endpoints NetworkPolicy IngressClass IPAddress ServiceCIDR" },
    { Catalog::Config, "ConfigMap Secret ResourceQuota LimitRange" },
    { Catalog::Storage,
        "PersistentVolumeClaim PersistentVolume StorageClass VolumeAttachment CSIDriver CSINode CSIStorageCapacity VolumeAttributesClass" },
    { Catalog::Access, "ServiceAccount Role RoleBinding ClusterRole ClusterRoleBinding CertificateSigningRequest" },
    { Catalog::Cluster, "Node Namespace Event Lease PriorityClass RuntimeClass CustomResourceDefinition APIService" },
};

bool isBuiltIn(const QString& group)
{
    return group.isEmpty() || group == QLatin1String("apps") || group == QLatin1String("batch") || group == QLatin1String("autoscaling")
        || group == QLatin1String("policy") || group.endsWith(QLatin1String(".k8s.io"));
}

} // namespace

Catalog::Section sectionOf(const ResourceInfo& info)
{
    if (!isBuiltIn(info.ref.group))
        return Catalog::Custom;
    for (const Place& place : kPlaces) {
        if (QString::fromLatin1(place.kinds).split(u' ').contains(info.kind))
            return place.section;
    }
    return Catalog::Other;
}

int rankInSection(const QString& kind)
{
    for (const Place& place : kPlaces) {
        const qsizetype rank = QString::fromLatin1(place.kinds).split(u' ').indexOf(kind);
        if (rank >= 0)
            return int(rank);
    }
    return 1000;
}

QString sectionText(Catalog::Section section)
{
    static const char* const texts[] = {
        QT_TRANSLATE_NOOP("Catalog", "Workloads"),
        QT_TRANSLATE_NOOP("Catalog", "Network"),
        QT_TRANSLATE_NOOP("Catalog", "Configuration"),
        QT_TRANSLATE_NOOP("Catalog", "Storage"),
        QT_TRANSLATE_NOOP("Catalog", "Access"),
        QT_TRANSLATE_NOOP("Catalog", "Cluster"),
        QT_TRANSLATE_NOOP("Catalog", "Custom resources"),
        QT_TRANSLATE_NOOP("Catalog", "Other"),
    };
    return QCoreApplication::translate("Catalog", texts[section]);
}

QString pluralOf(const QString& kind)
{
    if (kind.endsWith(u's') && !kind.endsWith(QLatin1String("ss")))
        return kind; // Endpoints
    if (kind.endsWith(QLatin1String("ss")) || kind.endsWith(u'x') || kind.endsWith(QLatin1String("ch")))
        return kind + QLatin1String("es");
    if (kind.endsWith(u'y') && kind.size() > 1 && !QStringLiteral("aeiou").contains(kind[kind.size() - 2]))
        return kind.left(kind.size() - 1) + QLatin1String("ies");
    return kind + u's';
}

} // namespace kates::app
