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
inline constexpr std::size_t kScrollbackCells = 400'000; // about 40 MB
inline constexpr qsizetype kPasteMax = 1 << 20; // characters
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
    void paste(const QString& text); // in brackets where the program asked for them; control characters are left out
    void restart(); // for another program: the first screen, no modes, a new line; what was written stays

    int rows() const { return m_rows; }
    int columns() const { return m_columns; }
    int scrollback() const { return int(m_scrollback.size()); }
    qint64 pushed() const { return m_pushed; } // lines that ever went to the scrollback: what looks back moves along with it
    bool alternate() const { return m_alternate; } // a program has the whole screen (vi, less, top)
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
    bool m_alternate = false;
    std::deque<std::vector<TerminalCell>> m_scrollback; // the youngest first; without the blanks at the end
    std::size_t m_scrollbackCells = 0;
    qint64 m_pushed = 0;
};

} // namespace kates::app
