// What people do to the map: zoom through its levels, point, choose, walk by keys, put cards where they want them.
#include <cmath>

#include "app/map/map_canvas.h"

namespace kates::app {

namespace {

constexpr double kOutwards = 0.55; // of the scale at which everything fits: zooming out further leads to all clusters
constexpr double kInwards = 1.6; // times 100 %: zooming in further on a cluster's box leads into it
constexpr double kPodShare = 0.6; // of the window that a pod takes when it is opened
constexpr double kWalkMargin = 40;
constexpr double kCellsFrom = 6; // item pixels of a cell that can still be pointed at by keys
constexpr double kGroupHandle = 40; // height of what a card is dragged by, in world units
constexpr double kCardHandle = 46;

// How far `to` is from `from` when one walks by (dx, dy); negative when it does not lie that way.
double walkDistance(const QPointF& from, const QPointF& to, int dx, int dy)
{
    const QPointF way = to - from;
    const double along = way.x() * dx + way.y() * dy, across = std::abs(way.x() * dy) + std::abs(way.y() * dx);
    return along < 1 || across > along * 2.5 ? -1 : along + across * 2;
}

} // namespace

void MapCanvas::zoomBy(double factor, const QPointF& at)
{
    if (!m_model || !m_model->scene())
        return;
    const bool outwards = factor < 1;
    if (outwards && m_levelUp && m_view.scale * factor < fittedView().scale * kOutwards) {
        emit leftOutwards();
        return;
    }
    const MapViewport view = m_view.zoomed(factor, at);
    if (!outwards && m_levelDown && view.scale >= m_naturalScale * kInwards) {
        const MapScene::Hit hit = m_model->scene()->at(m_view.toWorld(at), m_view.scale);
        if (hit.card >= 0) {
            emit enteredCard(m_model->scene()->cards[std::size_t(hit.card)].name);
            return;
        }
    }
    setView(view, true);
}

void MapCanvas::openAt(const QPointF& at)
{
    if (!m_model || !m_model->scene())
        return;
    const MapScene& scene = *m_model->scene();
    const MapScene::Hit hit = scene.at(m_view.toWorld(at), m_view.scale);
    if (hit.cell >= 0)
        return zoomTo(scene.cells[std::size_t(hit.cell)].key);
    if (hit.card >= 0 && m_levelDown)
        emit enteredCard(scene.cards[std::size_t(hit.card)].name);
    else if (hit.card >= 0 && scene.cards[std::size_t(hit.card)].foldable)
        m_model->toggle(scene.cards[std::size_t(hit.card)].key);
    else
        zoomBy(2, at);
}

void MapCanvas::zoomTo(const QString& key)
{
    const QRectF rect = rectOf(key);
    if (rect.isNull())
        return;
    MapViewport view = m_view;
    view.scale = std::clamp(std::min(width() * kPodShare / rect.width(), height() * kPodShare / rect.height()), MapViewport::kScaleMin,
        MapViewport::kScaleMax);
    view.offset = QPointF(width(), height()) / 2 - rect.center() * view.scale;
    setView(view, true);
}

void MapCanvas::reveal(const QString& key)
{
    if (const QRectF rect = rectOf(key); !rect.isNull())
        setView(m_view.showing(rect, kWalkMargin), true);
}

void MapCanvas::hover(const QPointF& at)
{
    if (!m_model || !m_model->scene())
        return;
    const MapScene& scene = *m_model->scene();
    const MapScene::Hit hit = scene.at(m_view.toWorld(at), m_view.scale);
    QString key;
    if (hit.cell >= 0)
        key = scene.cells[std::size_t(hit.cell)].key;
    else if (hit.card >= 0)
        key = scene.cards[std::size_t(hit.card)].key;
    if (key == m_marks.hovered)
        return;
    m_marks.hovered = key;
    m_hoveredText = describe(hit);
    m_hoveredRect = hit.cell >= 0 ? m_view.toItem(scene.cells[std::size_t(hit.cell)].rect)
        : hit.card >= 0           ? m_view.toItem(scene.cards[std::size_t(hit.card)].rect)
                                  : QRectF();
    requestFrame();
    emit hoveredChanged();
}

void MapCanvas::leaveHover()
{
    if (m_marks.hovered.isEmpty())
        return;
    m_marks.hovered.clear();
    m_hoveredText.clear();
    requestFrame();
    emit hoveredChanged();
}

QString MapCanvas::describe(const MapScene::Hit& hit) const
{
    const MapScene& scene = *m_model->scene();
    if (hit.cell >= 0) {
        const MapCell& cell = scene.cells[std::size_t(hit.cell)];
        QString text = cell.key + u'\n' + cell.statusText;
        if (cell.restarts > 0)
            text += tr(", %n restart(s)", nullptr, cell.restarts);
        return text;
    }
    if (hit.card >= 0) {
        const MapCard& card = scene.cards[std::size_t(hit.card)];
        return card.hint.isEmpty() ? card.note : card.hint;
    }
    return {};
}

QRectF MapCanvas::rectOf(const QString& key) const
{
    if (key.isEmpty() || !m_model || !m_model->scene())
        return {};
    for (const MapCell& cell : m_model->scene()->cells) {
        if (cell.key == key)
            return cell.rect;
    }
    for (const MapCard& card : m_model->scene()->cards) {
        if (card.key == key)
            return card.rect;
    }
    return {};
}

void MapCanvas::activateAt(const QPointF& at)
{
    if (!m_model || !m_model->scene())
        return;
    const MapScene& scene = *m_model->scene();
    const MapScene::Hit hit = scene.at(m_view.toWorld(at), m_view.scale);
    m_touched = true;
    if (hit.cell >= 0) {
        emit cellActivated(scene.cellKind, scene.cells[std::size_t(hit.cell)].key);
        return;
    }
    const MapCard card = hit.card >= 0 ? scene.cards[std::size_t(hit.card)] : MapCard();
    emit cardActivated(card.key, card.apiVersion, card.objectKind, card.ns, card.name);
}

void MapCanvas::walk(int dx, int dy)
{
    if (!m_model || !m_model->scene())
        return;
    const MapScene& scene = *m_model->scene();
    const QRectF known = rectOf(m_marks.selected);
    const QRectF here = known.isNull() ? QRectF(m_view.visibleWorld().topLeft(), QSizeF()) : known;
    // From the middle of the near side, so that what stands inside a card is met before the next card.
    const QPointF from = here.center();
    double best = -1;
    QString next;
    const auto look = [&](const QString& key, const QRectF& rect) {
        if (key == m_marks.selected)
            return;
        const double distance = known.isNull() ? QLineF(from, rect.center()).length() : walkDistance(from, rect.center(), dx, dy);
        if (distance >= 0 && (best < 0 || distance < best)) {
            best = distance;
            next = key;
        }
    };
    for (const MapCard& card : scene.cards) {
        if (card.kind != MapCard::Kind::Group)
            look(card.key, QRectF(card.rect.topLeft(), QSizeF(card.rect.width(), std::min(card.rect.height(), kCardHandle))));
    }
    for (const MapCell& cell : scene.cells) {
        if (cell.rect.height() * m_view.scale < kCellsFrom)
            break;
        look(cell.key, cell.rect);
    }
    if (next.isEmpty())
        return;
    setSelectedKey(next);
    reveal(next);
}

QString MapCanvas::selectedText() const
{
    if (!m_model || !m_model->scene())
        return {};
    const MapScene& scene = *m_model->scene();
    for (std::size_t i = 0; i < scene.cards.size(); ++i) {
        const MapCard& card = scene.cards[i];
        if (card.key == m_marks.selected)
            return QStringList { card.title, card.subtitle, card.note, card.footer }.join(u' ').simplified();
    }
    for (std::size_t i = 0; i < scene.cells.size(); ++i) {
        if (scene.cells[i].key == m_marks.selected)
            return describe({ int(i), -1 });
    }
    return {};
}

void MapCanvas::activateSelected()
{
    if (!m_model || !m_model->scene() || m_marks.selected.isEmpty())
        return;
    for (const MapCard& card : m_model->scene()->cards) {
        if (card.key == m_marks.selected && m_levelDown)
            return emit enteredCard(card.name);
        if (card.key == m_marks.selected)
            return emit cardActivated(card.key, card.apiVersion, card.objectKind, card.ns, card.name);
    }
    emit cellActivated(m_model->scene()->cellKind, m_marks.selected);
}

bool MapCanvas::grabAt(const QPointF& at)
{
    m_grabbed.clear();
    if (!m_model || !m_model->scene())
        return false;
    const MapScene& scene = *m_model->scene();
    const QPointF world = m_view.toWorld(at);
    const MapScene::Hit hit = scene.at(world, m_view.scale);
    if (hit.card < 0)
        return false;
    const MapCard& card = scene.cards[std::size_t(hit.card)];
    if (world.y() - card.rect.top() > (card.kind == MapCard::Kind::Group ? kGroupHandle : kCardHandle))
        return false;
    m_grabbed = card.key;
    m_marks.ghost = card.rect;
    requestFrame();
    return true;
}

void MapCanvas::dragBy(double dx, double dy)
{
    m_marks.ghost.translate(QPointF(dx, dy) / m_view.scale);
    requestFrame();
}

void MapCanvas::drop()
{
    if (!m_grabbed.isEmpty() && m_model && !m_marks.ghost.isNull())
        m_model->pin(m_grabbed, m_marks.ghost.topLeft());
    m_touched = true;
    m_grabbed.clear();
    m_marks.ghost = {};
    requestFrame();
}

void MapCanvas::nudge(double dx, double dy)
{
    if (!m_model || !m_model->scene())
        return;
    for (const MapCard& card : m_model->scene()->cards) {
        if (card.key == m_marks.selected)
            m_model->pin(card.key, card.rect.topLeft() + QPointF(dx, dy));
    }
}

} // namespace kates::app
