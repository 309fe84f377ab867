#include "app/shell/icon.h"

#include <QFile>
#include <QHash>
#include <QPainter>
#include <QSvgRenderer>

#include "app/map/cell_painter.h"

namespace kates::app {

namespace {

// The file's text with its colour put in; icons are few and small, so their sources stay in memory.
QByteArray iconSource(const QString& name, const QColor& color)
{
    static QHash<QString, QByteArray> sources;
    auto source = sources.find(name);
    if (source == sources.end()) {
        QFile file(QStringLiteral(":/kates/icons/%1.svg").arg(name));
        source = sources.insert(name, file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
    }
    return QByteArray(*source).replace("currentColor", color.name(QColor::HexRgb).toLatin1());
}

} // namespace

Icon::Icon(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
    connect(this, &Icon::nameChanged, this, [this] { update(); });
    connect(this, &Icon::colorChanged, this, [this] { update(); });
}

void Icon::paint(QPainter* painter)
{
    const QByteArray source = iconSource(m_name, m_color);
    if (source.isEmpty())
        return;
    QSvgRenderer renderer(source);
    painter->setOpacity(m_color.alphaF());
    renderer.render(painter, QRectF({ 0, 0 }, size()));
}

StateGlyph::StateGlyph(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
    connect(this, &StateGlyph::valueChanged, this, [this] { update(); });
    connect(this, &StateGlyph::colorChanged, this, [this] { update(); });
}

void StateGlyph::paint(QPainter* painter)
{
    painter->setRenderHint(QPainter::Antialiasing);
    const double side = std::min(width(), height());
    paintGlyph(*painter, QRectF((width() - side) / 2, (height() - side) / 2, side, side), State(m_value), m_color);
}

} // namespace kates::app
