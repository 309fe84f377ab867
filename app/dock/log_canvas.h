// Draws the lines of a LogSession: only the rows that are in sight, so that a hundred thousand lines cost what a screenful costs. Scrolls, follows the
// end, selects. GUI thread.
//
// Keys: arrows, PageUp and PageDown, Home and End move (Home and End to the first and last line); Shift with Up and Down selects lines; Ctrl+A all;
// Ctrl+C copies.
#pragma once

#include <QFont>
#include <QPointer>
#include <QQuickPaintedItem>
#include <qqmlregistration.h>

#include "app/dock/log_rows.h"
#include "app/dock/log_session.h"

namespace kates::app {

class LogCanvas : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(kates::app::LogSession* session READ session WRITE setSession NOTIFY sessionChanged)
    Q_PROPERTY(bool wrap READ wrap WRITE setWrap NOTIFY lookChanged)
    Q_PROPERTY(bool times READ times WRITE setTimes NOTIFY lookChanged)
    Q_PROPERTY(bool follow READ follow WRITE setFollow NOTIFY followChanged)
    Q_PROPERTY(int newLines READ newLines NOTIFY followChanged) // that came since it does not follow
    Q_PROPERTY(double position READ position NOTIFY viewChanged) // for a scroll bar: 0..1
    Q_PROPERTY(double pageSize READ pageSize NOTIFY viewChanged)
    Q_PROPERTY(double sidePosition READ sidePosition NOTIFY viewChanged)
    Q_PROPERTY(double sidePageSize READ sidePageSize NOTIFY viewChanged)
    Q_PROPERTY(QString currentText READ currentText NOTIFY currentChanged) // the line that the keyboard is on, for screen readers
    Q_PROPERTY(bool hasSelection READ hasSelection NOTIFY currentChanged)
    Q_PROPERTY(QFont font MEMBER m_font NOTIFY lookChanged)
    Q_PROPERTY(QColor textColor MEMBER m_textColor NOTIFY lookChanged)
    Q_PROPERTY(QColor faintColor MEMBER m_faintColor NOTIFY lookChanged)
    Q_PROPERTY(QColor noteColor MEMBER m_noteColor NOTIFY lookChanged)
    Q_PROPERTY(QColor ground MEMBER m_ground NOTIFY lookChanged)
    Q_PROPERTY(QColor selectionColor MEMBER m_selectionColor NOTIFY lookChanged)
    Q_PROPERTY(QColor hitColor MEMBER m_hitColor NOTIFY lookChanged)
    Q_PROPERTY(QColor currentHitColor MEMBER m_currentHitColor NOTIFY lookChanged)
    Q_PROPERTY(QColor currentHitText MEMBER m_currentHitText NOTIFY lookChanged)
    Q_PROPERTY(QList<QColor> seriesColors MEMBER m_seriesColors NOTIFY lookChanged)
    Q_PROPERTY(QList<QColor> ansiColors MEMBER m_ansiColors NOTIFY lookChanged)
public:
    explicit LogCanvas(QQuickItem* parent = nullptr);
    ~LogCanvas() override;

    LogSession* session() const { return m_session; }
    void setSession(LogSession* session);
    bool wrap() const { return m_wrap; }
    void setWrap(bool wrap);
    bool times() const { return m_times; }
    void setTimes(bool times);
    bool follow() const { return m_follow; }
    void setFollow(bool follow);
    int newLines() const { return m_newLines; }
    double position() const;
    double pageSize() const;
    double sidePosition() const;
    double sidePageSize() const;
    QString currentText() const;
    bool hasSelection() const { return m_anchor != m_cursor; }

    Q_INVOKABLE void scrollTo(double position);
    Q_INVOKABLE void scrollSideTo(double position);
    Q_INVOKABLE void find(bool backwards);
    Q_INVOKABLE void copySelection();
    Q_INVOKABLE void selectAll();

    void paint(QPainter* painter) override;

signals:
    void sessionChanged();
    void lookChanged();
    void followChanged();
    void viewChanged();
    void currentChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    // A place in a line, as far as selecting goes.
    struct Spot {
        LogPlace place;
        qsizetype column = 0;
        auto operator<=>(const Spot&) const = default;
    };
    friend class LogPainter;

    void measure();
    void rebuild();
    void onApplied(int dropped, int kept, int appended);
    void onHit();
    void scrollRows(double rows);
    void setTop(double top);
    void toEnd();
    void reveal(int line);
    void moveCursor(int lines, bool select);
    void selectTo(const Spot& spot, bool keepAnchor);
    Spot spotAt(const QPointF& at) const;
    double visibleRows() const { return std::max(1.0, height() / m_rowHeight); }
    double topMax() const { return std::max(double(m_rows.first()), double(m_rows.end()) - visibleRows()); }
    int textColumns() const; // cells that a row of text has
    double gutter() const; // pixels before the text

    QPointer<LogSession> m_session;
    QColor m_textColor, m_faintColor, m_noteColor, m_ground, m_selectionColor, m_hitColor, m_currentHitColor, m_currentHitText;
    QList<QColor> m_seriesColors, m_ansiColors;
    QFont m_font;
    double m_cell = 8, m_rowHeight = 18, m_ascent = 13;
    LogRows m_rows;
    int m_columns = 0; // that the rows were made for; 0 without wrapping
    double m_top = 0; // the row at the upper edge, in m_rows' numbering
    LogPlace m_topPlace; // the line there, to find it again when the lines are others
    double m_side = 0; // pixels scrolled to the right
    qsizetype m_longest = 0; // characters of the longest line that was seen
    bool m_wrap = false, m_times = false, m_follow = true;
    int m_newLines = 0;
    Spot m_anchor, m_cursor;
};

} // namespace kates::app
