#include "app/map/map_studio.h"

#include <QFile>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>

namespace kates::app {

namespace {

constexpr double kExportMargin = 24;
constexpr double kExportPixelsMax = 64e6;

MapViewport wholeView(const MapScene& scene, double scale)
{
    MapViewport view;
    view.scale = scale;
    view.size = scene.bounds.size() * scale + QSizeF(2 * kExportMargin, 2 * kExportMargin);
    view.offset = QPointF(kExportMargin, kExportMargin) - scene.bounds.topLeft() * scale;
    return view;
}

void paintWhole(QPainter& painter, const MapScene& scene, const MapViewport& view, const MapColors& colors, const QColor& background)
{
    painter.fillRect(QRectF({ 0, 0 }, view.size), background);
    MapPainter(painter, scene, view, colors).paint({}, 0, {});
}

} // namespace

MapFrame MapStudio::paint(const MapFrameJob& job)
{
    if (job.scene != m_scene) {
        m_motion.setScene(job.motion ? job.scene : nullptr, job.now);
        m_scene = job.scene;
    }
    const QSize size = (job.view.size * job.devicePixelRatio).toSize();
    MapFrame frame { QImage(size, QImage::Format_ARGB32_Premultiplied), job.view, job.motion && m_motion.active(job.now) };
    frame.image.setDevicePixelRatio(job.devicePixelRatio);
    frame.image.fill(Qt::transparent);
    m_sprites.setUp(job.colors, job.devicePixelRatio);
    QPainter painter(&frame.image);
    MapPainter(painter, *job.scene, job.view, job.colors, &m_sprites).paint(m_motion, job.now, job.marks);
    return frame;
}

bool exportMapSvg(const MapScene& scene, const MapColors& colors, const QColor& background, const QString& path, QString& problem)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        problem = file.errorString();
        return false;
    }
    const MapViewport view = wholeView(scene, 1);
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setSize(view.size.toSize());
    generator.setViewBox(QRectF({ 0, 0 }, view.size));
    generator.setTitle(QStringLiteral("Kates map"));
    QPainter painter(&generator);
    paintWhole(painter, scene, view, colors, background);
    painter.end();
    if (file.commit())
        return true;
    problem = file.errorString();
    return false;
}

bool exportMapPng(const MapScene& scene, const MapColors& colors, const QColor& background, const QString& path, QString& problem)
{
    // Twice the size on the screen, unless that becomes too many pixels.
    const QSizeF plain = wholeView(scene, 1).size;
    const MapViewport view = wholeView(scene, std::min(2.0, std::sqrt(kExportPixelsMax / std::max(1.0, plain.width() * plain.height()))));
    QImage image(view.size.toSize(), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull()) {
        problem = QStringLiteral("The picture is too large.");
        return false;
    }
    QPainter painter(&image);
    paintWhole(painter, scene, view, colors, background);
    painter.end();
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && image.save(&file, "PNG") && file.commit())
        return true;
    problem = file.errorString();
    return false;
}

} // namespace kates::app
