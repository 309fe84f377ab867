// A terminal's screen: what a program writes becomes cells, keys become what a program reads. libvterm behind a plain interface. One thread.
#pragma once

#include <QByteArray>
#include <QColor>
#include <QString>

#include <deque>
#include <functional>
#include <vector>

struct VTerm;
struct VTermScreen;

namespace kates::app {

inline constexpr int kScrollbackLines = 10'000;
inline constexpr int kTerminalColumnsMax = 500;
inline constexpr int kTerminalRowsMax = 300;

struct TerminalCell {
    QString text; // one character with what combines with it; "" is a blank
    int width = 1; // 2: the next cell is covered
    bool bold = false, italic = false, underline = false, strike = false, reverse = false;
    // -1: the theme's; 0..15: the theme's sixteen; otherwise `rgb`.
    int foreground = -1, background = -1;
    QRgb foregroundRgb = 0, backgroundRgb = 0;

    static constexpr int kRgb = 16;
    bool sameLook(const TerminalCell& other) const;
};

class TerminalScreen {
public:
    TerminalScreen(int rows, int columns);
    ~TerminalScreen();
    TerminalScreen(const TerminalScreen&) = delete;
    TerminalScreen& operator=(const TerminalScreen&) = delete;

    std::function<void()> changed; // what is on the screen
    std::function<void(const QByteArray&)> written; // for the program: keys, and answers to its questions
    std::function<void(const QString&)> titleChanged;

    void write(const QByteArray& fromProgram);
    void resize(int rows, int columns);
    void key(int qtKey, Qt::KeyboardModifiers modifiers, const QString& text);
    void paste(const QString& text);

    int rows() const { return m_rows; }
    int columns() const { return m_columns; }
    int scrollback() const { return int(m_scrollback.size()); }
    // Rows below 0 are the scrollback's, -1 the youngest.
    TerminalCell cell(int row, int column) const;
    int cursorRow() const { return m_cursorRow; }
    int cursorColumn() const { return m_cursorColumn; }
    bool cursorVisible() const { return m_cursorVisible; }
    // Lines from one cell to another, both included, without trailing blanks.
    QString text(int fromRow, int fromColumn, int toRow, int toColumn) const;

private:
    friend struct TerminalCallbacks;
    VTerm* m_term;
    VTermScreen* m_screen;
    int m_rows, m_columns;
    int m_cursorRow = 0, m_cursorColumn = 0;
    bool m_cursorVisible = true;
    std::deque<std::vector<TerminalCell>> m_scrollback; // the youngest first
};

} // namespace kates::app
