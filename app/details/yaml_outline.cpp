#include "app/details/yaml_outline.h"

#include <QRegularExpression>

#include "app/base/text.h"
#include "engine/api/yaml.h"

namespace kates::app {

namespace {

int indentOf(const QString& line)
{
    int indent = 0;
    while (indent < line.size() && line[indent] == u' ')
        ++indent;
    return indent;
}

// "key", 'key' or key, then a colon: where the colon stands, or -1.
int keyEnd(const QString& line, int from)
{
    if (from >= line.size())
        return -1;
    int at = from;
    if (const QChar quote = line[from]; quote == u'"' || quote == u'\'') {
        at = int(line.indexOf(quote, from + 1)) + 1;
        return at > 0 && at < line.size() && line[at] == u':' ? at : -1;
    }
    if (line[from] == u'{' || line[from] == u'[' || line[from] == u'#')
        return -1;
    while (true) {
        at = int(line.indexOf(u':', at));
        if (at < 0 || at + 1 == line.size() || line[at + 1] == u' ')
            return at;
        ++at;
    }
}

QString unquoted(const QString& key)
{
    const bool quoted = key.size() >= 2 && (key[0] == u'"' || key[0] == u'\'') && key.back() == key[0];
    return quoted ? key.mid(1, key.size() - 2) : key;
}

bool beginsBlock(const QString& value)
{
    static const QRegularExpression mark(QStringLiteral(R"(^\s*[|>][+-]?\d?[+-]?\s*(#.*)?$)"));
    return mark.match(value).hasMatch();
}

} // namespace

YamlOutline::YamlOutline(const QString& text)
    : m_lines(text.split(u'\n'))
{
    for (int line = 0; line < m_lines.size(); ++line)
        takeLine(line);
}

std::size_t YamlOutline::nextIndex(int parent) const
{
    for (std::size_t i = m_nodes.size(); i > 0; --i) {
        if (const Node& node = m_nodes[i - 1]; node.parent == parent)
            return std::holds_alternative<std::size_t>(node.step) ? std::get<std::size_t>(node.step) + 1 : 0;
    }
    return 0;
}

int YamlOutline::open(int line, int column, FieldStep step, int value)
{
    const bool item = std::holds_alternative<std::size_t>(step);
    // A list may stand at the same column as the key that it belongs to.
    while (!m_open.empty()) {
        const Node& top = node(m_open.back());
        const bool around = top.column < column || (item && top.column == column && std::holds_alternative<std::string>(top.step));
        if (around)
            break;
        m_open.pop_back();
    }
    const int parent = m_open.empty() ? -1 : m_open.back();
    if (item)
        step = nextIndex(parent);
    m_nodes.push_back({ parent, std::move(step), line, column, line + 1, value });
    m_open.push_back(int(m_nodes.size()) - 1);
    return m_open.back();
}

void YamlOutline::takeLine(int line)
{
    const QString& text = m_lines[line];
    int column = indentOf(text);
    const bool blank = column == text.size();
    if (m_blockAbove >= 0 && (blank || column > m_blockAbove)) {
        if (!blank) {
            for (const int index : m_open)
                m_nodes[std::size_t(index)].end = line + 1;
        }
        return;
    }
    m_blockAbove = -1;
    if (blank || text[column] == u'#')
        return;
    const std::size_t before = m_nodes.size();
    while (column < text.size() && text[column] == u'-' && (column + 1 == text.size() || text[column + 1] == u' ')) {
        const int dash = column++;
        while (column < text.size() && text[column] == u' ')
            ++column;
        open(line, dash, std::size_t(0), column);
    }
    if (const int colon = keyEnd(text, column); colon >= 0)
        open(line, column, toStd(unquoted(text.mid(column, colon - column))), colon + 1);
    for (const int index : m_open)
        m_nodes[std::size_t(index)].end = line + 1;
    if (m_nodes.size() > before && beginsBlock(text.mid(m_nodes.back().value)))
        m_blockAbove = m_nodes.back().column;
}

int YamlOutline::find(const FieldPath& path) const
{
    int here = -1;
    for (const FieldStep& step : path) {
        int next = -1;
        for (std::size_t i = std::size_t(here + 1); i < m_nodes.size() && next < 0; ++i) {
            if (m_nodes[i].parent == here && m_nodes[i].step == step)
                next = int(i);
        }
        if (next < 0)
            return here;
        here = next;
    }
    return here;
}

bool YamlOutline::has(const FieldPath& path) const
{
    const int found = find(path);
    return found >= 0 && pathOf(found).size() == path.size();
}

FieldPath YamlOutline::pathOf(int index) const
{
    FieldPath path;
    for (; index >= 0; index = node(index).parent)
        path.insert(path.begin(), node(index).step);
    return path;
}

int YamlOutline::parentAt(int line, int column) const
{
    for (int i = int(m_nodes.size()) - 1; i >= 0; --i) {
        if (node(i).line > line || (node(i).line == line && node(i).column >= column))
            continue;
        if (node(i).column < column)
            return i;
    }
    return -1;
}

QString withField(const QString& text, const FieldPath& path, const api::Value& value)
{
    const YamlOutline outline(text);
    if (path.empty() || !outline.has(path))
        return text;
    const YamlOutline::Node& node = outline.node(outline.find(path));
    const QString dumped = displayText(api::toYaml(value), 4 << 20).trimmed();
    const bool nested = value.size() > 0;
    QString head = outline.lines()[node.line].left(node.value);
    if (!head.endsWith(u' ') && !nested)
        head += u' ';
    QStringList fresh { nested ? head.trimmed().isEmpty() ? head : head : head + dumped };
    if (nested) {
        for (const QString& line : dumped.split(u'\n'))
            fresh.append(QString(node.column + 2, u' ') + line);
    }
    QStringList lines = outline.lines();
    lines.erase(lines.begin() + node.line, lines.begin() + node.end);
    for (qsizetype i = fresh.size() - 1; i >= 0; --i)
        lines.insert(node.line, fresh[i]);
    return lines.join(u'\n');
}

} // namespace kates::app
