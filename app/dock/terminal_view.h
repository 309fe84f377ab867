// Shows a TerminalSession and takes its keys: all of them but Ctrl+` and Ctrl+Tab, which leave it. Shift+PageUp and the wheel look back (in a program
// that has the whole screen the wheel is its arrow keys); Ctrl+Shift+C and V, or the middle button, copy and paste.
#pragma once

#include <QFont>
#include <QQuickPaintedItem>
#include <qqmlregistration.h>

#include "app/dock/terminal_session.h"

namespace kates::app {

class TerminalView : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(kates::app::TerminalSession* session READ session WRITE setSession NOTIFY sessionChanged)
    Q_PROPERTY(QString fontFamily MEMBER m_fontFamily NOTIFY lookChanged)
    Q_PROPERTY(int fontSize MEMBER m_fontSize NOTIFY lookChanged)
    Q_PROPERTY(QColor textColor MEMBER m_text NOTIFY lookChanged)
    Q_PROPERTY(QColor ground MEMBER m_ground NOTIFY lookChanged)
    Q_PROPERTY(QColor selectionColor MEMBER m_selection NOTIFY lookChanged)
    Q_PROPERTY(QList<QColor> ansiColors MEMBER m_ansi NOTIFY lookChanged) // the sixteen
public:
    explicit TerminalView(QQuickItem* parent = nullptr);
    ~TerminalView() override;

    TerminalSession* session() const { return m_session; }
    void setSession(TerminalSession* session);

    void paint(QPainter* painter) override;

signals:
    void sessionChanged();
    void lookChanged();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    // Lines are counted from the first that was ever written, so that a place stays where it is while more are.
    struct Place {
        qint64 line = 0;
        int column = 0;
        bool operator==(const Place&) const = default;
        auto operator<=>(const Place&) const = default;
    };
    void updateLook();
    void updateSize();
    void scrollBy(int rows);
    void onScreen();
    void copy();
    Place placeAt(const QPointF& at) const;
    void paintRow(QPainter& painter, int line);
    void paintStretch(QPainter& painter, int line, int from, int to, const QString& text, const TerminalCell& look, bool marked);
    void paintCursor(QPainter& painter);
    QColor colorOf(int index, QRgb rgb, const QColor& otherwise) const;
    bool selected(int row, int column) const;

    QPointer<TerminalSession> m_session;
    QString m_fontFamily;
    int m_fontSize = 13;
    QColor m_text, m_ground, m_selection;
    QList<QColor> m_ansi;
    QFont m_font;
    QSizeF m_cell { 8, 16 };
    double m_ascent = 12;
    int m_offset = 0; // rows looked back
    qint64 m_pushed = 0; // the screen's, when it was last looked at
    Place m_from, m_to;
    bool m_hasSelection = false;
};

} // namespace kates::app
