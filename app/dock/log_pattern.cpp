#include "app/dock/log_pattern.h"

#include <QCoreApplication>

namespace kates::app {

namespace {

// PCRE's own bound on one attempt, so that "(a+)+$" cannot hold a thread: about a millisecond.
constexpr const char* kBounds = "(*LIMIT_MATCH=30000)";

} // namespace

LogPattern::LogPattern(const QString& text, bool expression)
    : m_text(text.left(kLogPatternMax))
    , m_isExpression(expression)
{
    if (!expression || text.isEmpty())
        return;
    m_expression = QRegularExpression(QLatin1String(kBounds) + m_text, QRegularExpression::CaseInsensitiveOption);
    if (!m_expression.isValid())
        m_error = QCoreApplication::translate("LogPattern", "The expression is not complete: %1.").arg(m_expression.errorString());
    else
        m_expression.optimize();
}

bool LogPattern::matches(const QString& line) const
{
    if (isEmpty() || !isValid())
        return false;
    return m_isExpression ? m_expression.match(line).hasMatch() : line.contains(m_text, Qt::CaseInsensitive);
}

QList<std::pair<qsizetype, qsizetype>> LogPattern::all(const QString& line) const
{
    QList<std::pair<qsizetype, qsizetype>> found;
    if (isEmpty() || !isValid())
        return found;
    if (m_isExpression) {
        for (auto match = m_expression.globalMatch(line); match.hasNext() && found.size() < kLogMatchesMax;) {
            const QRegularExpressionMatch next = match.next();
            if (next.capturedLength() > 0)
                found.append({ next.capturedStart(), next.capturedLength() });
        }
        return found;
    }
    for (qsizetype at = 0; (at = line.indexOf(m_text, at, Qt::CaseInsensitive)) >= 0 && found.size() < kLogMatchesMax; at += m_text.size())
        found.append({ at, m_text.size() });
    return found;
}

} // namespace kates::app
