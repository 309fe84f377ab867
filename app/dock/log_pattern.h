// What is searched for in a log, or filtered by: words or a regular expression. A value; any thread.
#pragma once

#include <QRegularExpression>
#include <QString>

#include <utility>

namespace kates::app {

inline constexpr qsizetype kLogPatternMax = 1000; // characters
inline constexpr int kLogMatchesMax = 200; // looked for in one line

class LogPattern {
public:
    LogPattern() = default;
    LogPattern(const QString& text, bool expression);

    bool isEmpty() const { return m_text.isEmpty(); } // matches nothing
    bool isValid() const { return m_error.isEmpty(); }
    QString error() const { return m_error; } // a sentence
    const QString& text() const { return m_text; }
    bool isExpression() const { return m_isExpression; }

    // Letters' case does not matter. An expression that tries too long on one line does not match there.
    bool matches(const QString& line) const;
    QList<std::pair<qsizetype, qsizetype>> all(const QString& line) const; // start, length

private:
    QString m_text, m_error;
    bool m_isExpression = false;
    QRegularExpression m_expression;
};

} // namespace kates::app
