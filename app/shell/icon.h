// A line icon of resources/icons in any colour.
#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <qqmlregistration.h>

#include "app/objects/object_state.h"

namespace kates::app {

class Icon : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString name MEMBER m_name NOTIFY nameChanged)
    Q_PROPERTY(QColor color MEMBER m_color NOTIFY colorChanged)
public:
    explicit Icon(QQuickItem* parent = nullptr);
    void paint(QPainter* painter) override;

signals:
    void nameChanged();
    void colorChanged();

private:
    QString m_name;
    QColor m_color;
};

// The glyph that stands for a state, the same that the map draws.
class StateGlyph : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(int value MEMBER m_value NOTIFY valueChanged)
    Q_PROPERTY(QColor color MEMBER m_color NOTIFY colorChanged)
public:
    explicit StateGlyph(QQuickItem* parent = nullptr);
    void paint(QPainter* painter) override;

signals:
    void valueChanged();
    void colorChanged();

private:
    int m_value = ObjectState::Unknown;
    QColor m_color;
};

} // namespace kates::app
