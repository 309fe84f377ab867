// What AppsLayout's parts share while a scene is being made.
#pragma once

#include "app/base/text.h"
#include "app/map/apps_layout.h"

namespace kates::app {

// The API version of the kinds that the Apps lens shows.
[[nodiscard]] inline QString apiVersionOf(const QString& kind)
{
    if (kind == QLatin1String("Job") || kind == QLatin1String("CronJob"))
        return QStringLiteral("batch/v1");
    return kind == QLatin1String("Pod") || kind == QLatin1String("Service") ? QStringLiteral("v1")
        : kind == QLatin1String("Ingress")                                  ? QStringLiteral("networking.k8s.io/v1")
                                                                            : QStringLiteral("apps/v1");
}

// The scene while it is being made, and what the later steps need of the earlier ones.
struct AppsLayout::Build {
    MapScene scene;
    LabelIndex labels;
    std::vector<Row> rows; // of the frame that is being placed
    std::map<QString, int> services; // name → card, of that frame

    MapCard& card(MapCard::Kind kind, const QString& objectKind, const QString& ns, const QString& name)
    {
        MapCard card;
        card.kind = kind;
        card.key = objectKind + u'/' + ns + u'/' + name;
        card.title = displayText(toStd(name), 120);
        card.apiVersion = apiVersionOf(objectKind);
        card.objectKind = objectKind;
        card.ns = ns;
        card.name = name;
        card.firstCell = int(scene.cells.size());
        scene.cards.push_back(std::move(card));
        return scene.cards.back();
    }
};

} // namespace kates::app
