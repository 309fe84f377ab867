#include "app/map/map_pins.h"

namespace kates::app {

namespace {

void moveCard(MapScene& scene, MapCard& card, const QPointF& by)
{
    card.rect.translate(by);
    for (int i = card.firstCell; i < card.firstCell + card.cellCount; ++i)
        scene.cells[std::size_t(i)].rect.translate(by);
}

} // namespace

void applyPins(MapScene& scene, const MapPins& pins)
{
    if (pins.isEmpty())
        return;
    std::vector<QPointF> moved(scene.cards.size()); // of groups
    for (std::size_t i = 0; i < scene.cards.size(); ++i) {
        MapCard& card = scene.cards[i];
        const auto pin = pins.constFind(card.key);
        card.pinned = pin != pins.cend();
        const QPointF by = card.pinned ? *pin - card.rect.topLeft() : card.group >= 0 ? moved[std::size_t(card.group)] : QPointF();
        moved[i] = by;
        if (!by.isNull())
            moveCard(scene, card, by);
    }
    scene.bounds = {};
    for (const MapCard& card : scene.cards) {
        if (!card.isHidden())
            scene.bounds |= card.rect;
    }
}

} // namespace kates::app
