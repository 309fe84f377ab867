// The left half of the Apps lens: ingresses and services, and the links to what they lead to.
#include <algorithm>

#include "app/base/text.h"
#include "app/map/apps_build.h"
#include "app/map/apps_metrics.h"
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

// The wanted place, or the next one below that is not taken.
double freeTop(double wanted, double height, std::vector<std::pair<double, double>>& taken)
{
    std::sort(taken.begin(), taken.end());
    for (const auto& [top, bottom] : taken) {
        if (wanted < bottom + apps::kRowGap && wanted + height + apps::kRowGap > top)
            wanted = bottom + apps::kRowGap;
    }
    taken.emplace_back(wanted, wanted + height);
    return wanted;
}

} // namespace

void AppsLayout::addServices(Build& build, const QString& ns, const QPointF& corner, double& bottom)
{
    using namespace apps;
    std::vector<std::pair<double, double>> taken;
    for (const auto& [key, service] : m_objects["Service"]) {
        const api::ObjectMeta meta(service);
        if (toQString(meta.ns()) != ns)
            continue;
        const api::LabelSelector selector = api::LabelSelector::fromMap(service.get("spec", "selector"));
        std::vector<int> reached;
        for (int row = 0; row < int(build.rows.size()); ++row) {
            const auto& labels = build.rows[std::size_t(row)].podLabels;
            if (!selector.selectsNothing() && std::any_of(labels.begin(), labels.end(), [&](const Value& l) { return selector.matches(l); }))
                reached.push_back(row);
        }
        const double wanted = reached.empty() ? corner.y() + kFrameHeader : build.rows[std::size_t(reached.front())].top;
        const int ready = readyEndpoints(ns, meta.name());
        MapCard& card = build.card(MapCard::Kind::Service, QStringLiteral("Service"), ns, toQString(meta.name()));
        card.rect = QRectF(corner.x() + kServiceLeft, freeTop(wanted, kServiceHeight, taken), kServiceWidth, kServiceHeight);
        card.subtitle = portsText(service);
        card.note = selector.selectsNothing() ? QStringLiteral("no selector") : displayText(selector.toString(), 120);
        card.cellsTop = kServiceHeight;
        card.state = ready > 0 ? ObjectState::Ok : selector.selectsNothing() ? ObjectState::Neutral : ObjectState::Waiting;
        card.labels = build.labels.add(service.get("spec", "selector"), false);
        bottom = std::max(bottom, card.rect.bottom() + kRowGap);
        const int index = int(build.scene.cards.size()) - 1;
        build.services[toQString(meta.name())] = index;
        for (const int row : reached)
            build.scene.links.push_back(
                { index, build.rows[std::size_t(row)].card, {}, ready > 0 ? ObjectState::Ok : ObjectState::Waiting, ready == 0 });
    }
}

void AppsLayout::addIngresses(Build& build, const QString& ns, const QPointF& corner, double& bottom)
{
    using namespace apps;
    std::vector<std::pair<double, double>> taken;
    for (const auto& [key, ingress] : m_objects["Ingress"]) {
        const api::ObjectMeta meta(ingress);
        if (toQString(meta.ns()) != ns)
            continue;
        std::vector<int> reached;
        bool missing = false;
        for (const QString& service : backendsOf(ingress)) {
            const auto found = build.services.find(service);
            if (found == build.services.end())
                missing = true;
            else
                reached.push_back(found->second);
        }
        const double wanted = reached.empty() ? corner.y() + kFrameHeader : build.scene.cards[std::size_t(reached.front())].rect.top();
        MapCard& card = build.card(MapCard::Kind::Ingress, QStringLiteral("Ingress"), ns, toQString(meta.name()));
        card.rect = QRectF(corner.x() + kIngressLeft, freeTop(wanted, kServiceHeight, taken), kIngressWidth, kServiceHeight);
        card.subtitle = hostsText(ingress);
        card.note = missing ? QStringLiteral("leads to a service that does not exist") : QString();
        card.cellsTop = kServiceHeight;
        card.state = missing ? ObjectState::Failing : ObjectState::Ok;
        bottom = std::max(bottom, card.rect.bottom() + kRowGap);
        const int index = int(build.scene.cards.size()) - 1;
        for (const int service : reached)
            build.scene.links.push_back({ index, service, {}, ObjectState::Neutral, false });
    }
}

} // namespace kates::app
