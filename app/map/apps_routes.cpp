// What leads where: services by their selectors and by their endpoints, ingresses by their backends.
#include <algorithm>

#include "app/base/text.h"
#include "app/map/apps_layout.h"
#include "engine/api/meta.h"
#include "engine/api/selector.h"

namespace kates::app {

using api::Value;

namespace {

QString portsText(const Value& service)
{
    QStringList ports;
    for (const Value& port : service.get("spec", "ports"))
        ports.append(QString::number(port.get("port").asInt()));
    const QString type = displayText(service.str("spec", "type").empty() ? "ClusterIP" : service.str("spec", "type"), 30);
    return ports.isEmpty() ? type : type + QStringLiteral("  ·  ") + ports.join(QStringLiteral(", "));
}

QStringList backendsOf(const Value& ingress)
{
    QStringList services;
    const auto add = [&](std::string_view name) {
        if (!name.empty() && !services.contains(toQString(name)))
            services.append(toQString(name));
    };
    add(ingress.str("spec", "defaultBackend", "service", "name"));
    for (const Value& rule : ingress.get("spec", "rules")) {
        for (const Value& path : rule.get("http", "paths"))
            add(path.str("backend", "service", "name"));
    }
    return services;
}

QString hostsText(const Value& ingress)
{
    QStringList hosts;
    for (const Value& rule : ingress.get("spec", "rules"))
        hosts.append(rule.str("host").empty() ? QStringLiteral("*") : displayText(rule.str("host"), 100));
    return hosts.join(QStringLiteral(", "));
}

} // namespace

std::map<QString, AppsLayout::Ready> AppsLayout::readyEndpoints() const
{
    std::map<QString, Ready> all;
    const auto slices = m_objects.find("EndpointSlice");
    if (slices == m_objects.end())
        return all;
    for (const auto& [key, slice] : slices->second) {
        const api::ObjectMeta meta(slice);
        const QString ns = toQString(meta.ns()) + u'/';
        Ready& ready = all[ns + toQString(meta.label("kubernetes.io/service-name"))];
        for (const Value& endpoint : slice.get("endpoints")) {
            if (!endpoint.get("conditions", "ready").asBool(true))
                continue;
            ready.addresses += int(endpoint.get("addresses").size());
            if (endpoint.str("targetRef", "kind") == "Pod")
                ready.pods.insert(ns + toQString(endpoint.str("targetRef", "name")));
        }
    }
    return all;
}

void AppsLayout::reroute()
{
    for (auto& [key, pod] : m_pods)
        pod.serving = false;
    m_services.clear();
    m_ingresses.clear();
    addServices(readyEndpoints());
    addIngresses();
    m_routesChanged = false;
}

void AppsLayout::addServices(const std::map<QString, Ready>& ready)
{
    // Candidates of a selector: the workloads of its namespace, by their pods' labels.
    std::map<QString, std::vector<std::pair<QString, const Workload*>>> byNamespace;
    for (const auto& [key, workload] : m_workloads)
        byNamespace[workload.ns].emplace_back(key, &workload);
    for (const auto& [key, service] : m_objects["Service"]) {
        const api::ObjectMeta meta(service);
        const api::LabelSelector selector = api::LabelSelector::fromMap(service.get("spec", "selector"));
        Route route { toQString(meta.ns()), toQString(meta.name()), portsText(service), {}, ObjectState::Neutral,
            m_labels.add(service.get("spec", "selector")), {}, {} };
        for (const auto& [workloadKey, workload] : byNamespace[route.ns]) {
            const auto matches = [&](const QString& pod) { return selector.matches(m_pods.at(pod).labels); };
            const bool intended = !selector.selectsNothing()
                && (workload->object.isNull() ? std::any_of(workload->pods.begin(), workload->pods.end(), matches)
                                              : selector.matches(workload->podLabels));
            if (intended)
                route.workloads[workloadKey].intended = true;
        }
        const auto endpoints = ready.find(key);
        const int addresses = endpoints == ready.end() ? 0 : endpoints->second.addresses;
        if (endpoints != ready.end()) {
            for (const QString& podKey : endpoints->second.pods) {
                if (const auto pod = m_pods.find(podKey); pod != m_pods.end()) {
                    pod->second.serving = true;
                    ++route.workloads[pod->second.workload].serving;
                }
            }
        }
        const QString selected = selector.selectsNothing() ? tr("no selector") : displayText(selector.toString(), 120);
        route.subtitle += QStringLiteral("  ·  ") + selected;
        route.hint = tr("%1\nSelects: %2\nReady addresses: %3").arg(portsText(service), selected).arg(addresses);
        route.state = addresses > 0 ? ObjectState::Ok : selector.selectsNothing() ? ObjectState::Neutral : ObjectState::Waiting;
        m_services.emplace(QStringLiteral("Service/") + key, std::move(route));
    }
}

void AppsLayout::addIngresses()
{
    for (const auto& [key, ingress] : m_objects["Ingress"]) {
        const api::ObjectMeta meta(ingress);
        Route route { toQString(meta.ns()), toQString(meta.name()), hostsText(ingress), {}, ObjectState::Ok, {}, {}, {} };
        route.hint = hostsText(ingress);
        for (const QString& name : backendsOf(ingress)) {
            const QString service = QStringLiteral("Service/") + route.ns + u'/' + name;
            if (m_services.contains(service)) {
                route.services.push_back(service);
                continue;
            }
            route.state = ObjectState::Failing;
            route.hint += u'\n' + tr("It leads to the service %1, which does not exist.").arg(displayText(toStd(name), 63));
        }
        m_ingresses.emplace(QStringLiteral("Ingress/") + key, std::move(route));
    }
}

} // namespace kates::app
