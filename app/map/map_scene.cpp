#include "app/map/map_scene.h"

#include <algorithm>

namespace kates::app {

namespace {

constexpr double kHeaderGoesAt = 0.34; // scale below which the cells begin to grow into the header
constexpr double kHeaderGoneAt = 0.2;
constexpr double kOverviewInset = 12;

} // namespace

State worstOf(const StateCounts& counts)
{
    for (int state = ObjectState::Failing; state > ObjectState::Ok; --state) {
        if (counts[std::size_t(state)] > 0)
            return State(state);
    }
    return ObjectState::Ok;
}

void MapScene::finish()
{
    for (MapCell& cell : cells) {
        ++stateCounts[std::size_t(cell.state)];
        if (cell.card >= 0)
            ++cards[std::size_t(cell.card)].counts[std::size_t(cell.state)];
    }
    for (const MapCard& card : cards) {
        if (card.folded) { // has no cells; the lens counted what they would have been
            for (std::size_t state = 0; state < stateCounts.size(); ++state)
                stateCounts[state] += card.counts[state];
        }
        if (card.group >= 0) {
            StateCounts& counts = cards[std::size_t(card.group)].counts;
            for (std::size_t state = 0; state < counts.size(); ++state)
                counts[state] += card.counts[state];
        }
        if (!card.isHidden())
            bounds |= card.rect;
    }
}

QRectF MapScene::shownRect(const MapCell& cell, const QRectF& rect, double scale) const
{
    if (scale >= kHeaderGoesAt || cell.card < 0 || cards[std::size_t(cell.card)].kind != MapCard::Kind::Node)
        return rect;
    const MapCard& card = cards[std::size_t(cell.card)];
    const double part = std::clamp((kHeaderGoesAt - scale) / (kHeaderGoesAt - kHeaderGoneAt), 0.0, 1.0);
    const double from = card.rect.top() + card.cellsTop, room = card.rect.bottom() - kOverviewInset - from;
    const double top = from + (card.rect.top() + kOverviewInset - from) * part;
    const double stretch = (card.rect.bottom() - kOverviewInset - top) / room;
    return { rect.x(), top + (rect.y() - from) * stretch, rect.width(), rect.height() * stretch };
}

MapScene::Hit MapScene::at(const QPointF& world, double scale) const
{
    // What is drawn last lies on top.
    for (int i = int(cards.size()) - 1; i >= 0; --i) {
        const MapCard& card = cards[std::size_t(i)];
        if (card.isHidden() || !card.rect.contains(world))
            continue;
        for (int c = card.firstCell; c < card.firstCell + card.cellCount; ++c) {
            const MapCell& cell = cells[std::size_t(c)];
            if (shownRect(cell, cell.rect, scale).contains(world))
                return { c, -1 };
        }
        return { -1, i };
    }
    return {};
}

} // namespace kates::app
