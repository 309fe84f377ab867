#include "app/map/map_scene.h"

namespace kates::app {

MapScene::Hit MapScene::at(const QPointF& world) const
{
    // What is drawn last lies on top.
    for (int i = int(cards.size()) - 1; i >= 0; --i) {
        const MapCard& card = cards[std::size_t(i)];
        if (!card.rect.contains(world))
            continue;
        for (int c = card.firstCell; c < card.firstCell + card.cellCount; ++c) {
            if (cells[std::size_t(c)].rect.contains(world))
                return {c, -1};
        }
        return {-1, i};
    }
    return {};
}

} // namespace kates::app
