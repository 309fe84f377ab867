#include "app/map/map_canvas.h"

#include <QCoreApplication>
#include <QQuickWindow>
#include <QSGSimpleTextureNode>
#include <QThreadPool>
#include <QUrl>

namespace kates::app {

namespace {

constexpr double kFitSide = 28;
constexpr double kFitEnds = 72; // room for the bars above and below

} // namespace

MapCanvas::MapCanvas(QQuickItem* parent)
    : QQuickItem(parent)
{
    setFlag(ItemHasContents);
    setClip(true);
    m_clock.start();
}

MapCanvas::~MapCanvas() = default;

void MapCanvas::setModel(MapModel* model)
{
    if (m_model == model)
        return;
    if (m_model)
        m_model->disconnect(this);
    m_model = model;
    m_studio = std::make_shared<MapStudio>();
    m_touched = m_painted = false;
    if (model)
        connect(model, &MapModel::sceneChanged, this, &MapCanvas::onScene);
    onScene();
    emit modelChanged();
}

void MapCanvas::setPalette(MapPalette* palette)
{
    if (m_palette == palette)
        return;
    if (m_palette)
        m_palette->disconnect(this);
    m_palette = palette;
    if (palette)
        connect(palette, &MapPalette::changed, this, &MapCanvas::requestFrame);
    requestFrame();
    emit paletteChanged();
}

void MapCanvas::setSelectedKey(const QString& key)
{
    if (m_marks.selected == key)
        return;
    m_marks.selected = key;
    m_selectedPinned = m_model && m_model->isPinned(key);
    requestFrame();
    emit selectedKeyChanged();
}

void MapCanvas::setLitLabel(const QString& label)
{
    if (m_marks.label == label)
        return;
    m_marks.label = label;
    requestFrame();
    emit litChanged();
}

void MapCanvas::setLitKeys(const QStringList& keys)
{
    m_marks.lit = QSet<QString>(keys.begin(), keys.end());
    requestFrame();
    emit litChanged();
}

void MapCanvas::onScene()
{
    if (!m_touched)
        fit();
    m_selectedPinned = m_model && m_model->isPinned(m_marks.selected);
    requestFrame();
    emit selectedKeyChanged();
}

void MapCanvas::setView(const MapViewport& view, bool byUser)
{
    m_touched = m_touched || byUser;
    if (view == m_view)
        return;
    m_view = view;
    requestFrame();
    update();
    emit viewChanged();
}

void MapCanvas::setNaturalScale(double scale)
{
    if (scale == m_naturalScale)
        return;
    m_naturalScale = scale;
    if (!m_touched)
        fit();
    emit viewChanged();
}

void MapCanvas::panBy(double dx, double dy)
{
    MapViewport view = m_view;
    view.offset += QPointF(dx, dy);
    setView(view, true);
}

void MapCanvas::centerOn(const QPointF& world)
{
    MapViewport view = m_view;
    view.offset = QPointF(width(), height()) / 2 - world * view.scale;
    setView(view, true);
}

MapViewport MapCanvas::fittedView() const
{
    return m_view.fitted(
        m_model->scene()->bounds, m_fitMargin < 0 ? kFitSide : m_fitMargin, m_fitMargin < 0 ? kFitEnds : m_fitMargin, m_naturalScale);
}

void MapCanvas::fit()
{
    if (m_model && m_model->scene() && !m_model->scene()->cards.empty())
        setView(fittedView(), false);
}

void MapCanvas::actualSize() { setView(m_view.zoomed(m_naturalScale / m_view.scale, QPointF(width(), height()) / 2), true); }

void MapCanvas::exportTo(const QUrl& file, const QColor& background)
{
    if (!m_model || !m_model->scene() || !m_palette)
        return emit exported(tr("There is nothing to export yet."));
    QThreadPool::globalInstance()->start(
        [scene = m_model->scene(), colors = m_palette->colors(), background, path = file.toLocalFile(), self = QPointer(this)] {
            QString problem;
            const bool svg = path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive);
            (svg ? exportMapSvg : exportMapPng)(*scene, colors, background, path, problem);
            postToGui(self, [self, problem] { emit self->exported(problem); });
        });
}

void MapCanvas::geometryChange(const QRectF& now, const QRectF& before)
{
    QQuickItem::geometryChange(now, before);
    if (now.size() == before.size())
        return;
    MapViewport view = m_view;
    view.size = now.size();
    // The drawer opened or closed: what was chosen stays in sight, the rest stays where it is.
    if (const QRectF chosen = rectOf(m_marks.selected); m_touched && !chosen.isNull())
        view = view.showing(chosen, kFitSide);
    setView(view, false);
    if (!m_touched)
        fit();
}

void MapCanvas::componentComplete()
{
    QQuickItem::componentComplete();
    requestFrame();
}

void MapCanvas::requestFrame()
{
    m_due = true;
    if (!m_painting)
        paintNow();
}

void MapCanvas::paintNow()
{
    if (!m_model || !m_model->scene() || !m_palette || m_view.size.isEmpty() || !window())
        return;
    m_due = false;
    m_painting = true;
    MapFrameJob job { m_model->scene(), m_view, window()->effectiveDevicePixelRatio(), m_palette->colors(), m_marks, m_clock.elapsed(),
        !m_reducedMotion };
    QThreadPool::globalInstance()->start([studio = m_studio, job = std::move(job), self = QPointer(this)] {
        postToGui(self, [self, frame = studio->paint(job)]() mutable { self->onFrame(std::move(frame)); });
    });
}

void MapCanvas::onFrame(MapFrame frame)
{
    m_painting = false;
    m_painted = true;
    m_due = m_due || frame.moving;
    m_frame = std::move(frame);
    m_frameIsNew = true;
    update();
    if (m_due)
        paintNow();
}

QSGNode* MapCanvas::updatePaintNode(QSGNode* old, UpdatePaintNodeData*)
{
    auto* node = static_cast<QSGSimpleTextureNode*>(old);
    if (m_frame.image.isNull() || !m_model) {
        delete node;
        return nullptr;
    }
    if (!node) {
        node = new QSGSimpleTextureNode;
        node->setOwnsTexture(true);
        m_frameIsNew = true;
    }
    if (m_frameIsNew) {
        node->setTexture(window()->createTextureFromImage(m_frame.image));
        m_frameIsNew = false;
    }
    // Where the painted frame's world lies in the view of this moment.
    const MapViewport& painted = m_frame.view;
    node->setRect(m_view.toItem(QRectF(painted.toWorld({ 0, 0 }), painted.size / painted.scale)));
    node->setFiltering(painted.scale == m_view.scale ? QSGTexture::Nearest : QSGTexture::Linear);
    return node;
}

} // namespace kates::app
