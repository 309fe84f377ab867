#include "app/details/yaml_highlighter.h"

#include <QRegularExpression>

namespace kates::app {

namespace {

constexpr int kLineMax = 2000; // longer lines stay plain

} // namespace

class YamlRules : public QSyntaxHighlighter {
public:
    YamlRules(QTextDocument* document, const YamlHighlighter& colors)
        : QSyntaxHighlighter(document)
        , m_colors(colors)
    {
    }

protected:
    void highlightBlock(const QString& line) override
    {
        if (line.size() > kLineMax)
            return;
        static const QRegularExpression key(QStringLiteral(R"(^(\s*(?:- )*)([^\s#:'"\[{][^:#]*|"[^"]*"|'[^']*')(:)(\s|$))"));
        static const QRegularExpression comment(QStringLiteral(R"((^|\s)#.*$)"));
        static const QRegularExpression number(QStringLiteral(R"(^\s*(-?\d+(\.\d+)?|true|false|null|~)\s*$)"));
        qsizetype rest = 0;
        if (const auto match = key.match(line); match.hasMatch()) {
            setFormat(int(match.capturedStart(2)), int(match.capturedLength(2)), m_colors.m_key);
            rest = match.capturedEnd(3);
        } else {
            while (rest < line.size() && (line[rest] == u' ' || line[rest] == u'-'))
                ++rest;
        }
        const QString value = line.mid(rest);
        if (number.match(value).hasMatch())
            setFormat(int(rest), int(value.size()), m_colors.m_number);
        else if (value.trimmed().startsWith(u'"') || value.trimmed().startsWith(u'\''))
            setFormat(int(rest), int(value.size()), m_colors.m_string);
        if (const auto match = comment.match(line); match.hasMatch())
            setFormat(int(match.capturedStart()), int(match.capturedLength()), m_colors.m_comment);
        if (m_colors.m_problemLines.contains(currentBlock().blockNumber()))
            underline(line);
    }

private:
    void underline(const QString& line)
    {
        int first = 0;
        while (first < line.size() && line[first] == u' ')
            ++first;
        for (int at = first; at < line.size(); ++at) {
            QTextCharFormat marked = format(at);
            marked.setUnderlineStyle(QTextCharFormat::SingleUnderline);
            marked.setUnderlineColor(m_colors.m_problem);
            marked.setFontUnderline(true);
            setFormat(at, 1, marked);
        }
    }

    const YamlHighlighter& m_colors;
};

YamlHighlighter::YamlHighlighter(QObject* parent)
    : QObject(parent)
{
    connect(this, &YamlHighlighter::colorsChanged, this, [this] {
        if (m_rules)
            m_rules->rehighlight();
    });
}

YamlHighlighter::~YamlHighlighter() { delete m_rules; }

void YamlHighlighter::setProblems(const QVariantList& problems)
{
    if (m_problems == problems)
        return;
    m_problems = problems;
    QSet<int> lines;
    for (const QVariant& problem : problems)
        lines.insert(problem.toMap().value(QStringLiteral("line")).toInt() - 1);
    QSet<int> changed = lines;
    changed.unite(m_problemLines);
    m_problemLines = lines;
    // Only what looks different now; a text may have many lines.
    for (const int line : std::as_const(changed)) {
        if (m_rules && line >= 0)
            m_rules->rehighlightBlock(m_rules->document()->findBlockByNumber(line));
    }
    emit problemsChanged();
}

void YamlHighlighter::setDocument(QQuickTextDocument* document)
{
    if (m_document == document)
        return;
    m_document = document;
    delete m_rules;
    m_rules = document ? new YamlRules(document->textDocument(), *this) : nullptr;
    emit documentChanged();
}

} // namespace kates::app
