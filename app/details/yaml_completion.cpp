#include "app/details/yaml_completion.h"

#include <QRegularExpression>

#include "app/base/text.h"
#include "app/details/yaml_outline.h"

namespace kates::app {

namespace {

bool begins(const QString& name, const QString& word) { return name.startsWith(word, Qt::CaseInsensitive); }

// The keys that stand beside a new one.
QStringList siblings(const YamlOutline& outline, int parent, int exceptLine)
{
    QStringList names;
    for (int i = 0; i < outline.size(); ++i) {
        const YamlOutline::Node& node = outline.node(i);
        if (node.parent == parent && node.line != exceptLine && std::holds_alternative<std::string>(node.step))
            names.append(displayText(std::get<std::string>(node.step), 253));
    }
    return names;
}

QString insertFor(const Completion& completion, int column)
{
    if (completion.shape == Completion::Shape::Items)
        return completion.text + QStringLiteral(":\n") + QString(column, u' ') + QStringLiteral("- ");
    if (completion.shape == Completion::Shape::Members)
        return completion.text + QStringLiteral(":\n") + QString(column + 2, u' ');
    return completion.text + QStringLiteral(": ");
}

} // namespace

YamlCompletions completionsAt(const QString& text, int cursor, const ObjectSchema& schema)
{
    YamlCompletions result;
    if (schema.isNull() || text.size() > kCompletionTextMax || cursor < 0 || cursor > text.size())
        return result;
    const qsizetype lineStart = cursor == 0 ? 0 : text.lastIndexOf(u'\n', cursor - 1) + 1;
    const int line = int(text.left(lineStart).count(u'\n'));
    const QString before = text.mid(lineStart, cursor - lineStart);
    const YamlOutline outline(text);
    static const QRegularExpression key(QStringLiteral(R"(^( *(?:- +)*)([A-Za-z][\w./-]*)?$)"));
    static const QRegularExpression value(QStringLiteral(R"(^( *(?:- +)*)([A-Za-z][\w./-]*): +(\w*)$)"));
    if (const auto match = key.match(before); match.hasMatch()) {
        const QString word = match.captured(2);
        const int column = int(match.capturedLength(1));
        result.from = cursor - int(word.size());
        const int parent = outline.parentAt(line, column);
        for (const Completion& completion : schema.members(outline.pathOf(parent), siblings(outline, parent, line))) {
            if (begins(completion.text, word)) {
                result.inserts.append(insertFor(completion, column));
                result.choices.push_back(completion);
            }
        }
    } else if (const auto valueMatch = value.match(before); valueMatch.hasMatch()) {
        const QString word = valueMatch.captured(3);
        result.from = cursor - int(word.size());
        FieldPath path = outline.pathOf(outline.parentAt(line, int(valueMatch.capturedLength(1))));
        path.emplace_back(toStd(valueMatch.captured(2)));
        for (const Completion& completion : schema.values(path)) {
            if (begins(completion.text, word)) {
                result.inserts.append(completion.text);
                result.choices.push_back(completion);
            }
        }
    }
    return result;
}

} // namespace kates::app
