// Paints the rows of a LogCanvas that are in sight.
#pragma once

#include <QPainter>

#include "app/dock/log_canvas.h"

namespace kates::app {

class LogPainter {
public:
    LogPainter(const LogCanvas& canvas, QPainter& painter);
    void paint();

private:
    struct Look {
        QColor foreground, background; // an invalid background is none
        bool bold = false, italic = false, underline = false;
        bool operator==(const Look&) const = default;
    };
    int paintLine(int index, double y); // gives the number of its rows
    void paintGutter(const LogLine& line, double y);
    QList<Look> looksOf(const LogLine& line) const;
    void paintRow(const LogLine& line, const QList<Look>& looks, qsizetype from, qsizetype to, double y);
    void paintPiece(const QString& text, bool narrow, const Look& look, double& x, double y);
    QColor colorOf(const AnsiColor& color, const QColor& otherwise) const;

    const LogCanvas& m_canvas;
    QPainter& m_painter;
    const double m_gutter;
};

} // namespace kates::app
