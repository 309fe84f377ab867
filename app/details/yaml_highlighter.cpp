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
    }

private:
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
