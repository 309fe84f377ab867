#include "app/resources/table_filter.h"

#include <QCoreApplication>

#include "app/base/text.h"

namespace kates::app {

namespace {

struct NamedState {
    const char* name;
    State state;
};

constexpr NamedState kStates[] = { { "failing", ObjectState::Failing }, { "waiting", ObjectState::Waiting },
    { "progressing", ObjectState::Progressing }, { "terminating", ObjectState::Terminating }, { "unknown", ObjectState::Unknown },
    { "ok", ObjectState::Ok }, { "done", ObjectState::Done } };

QString sentence(const char* text, const QString& argument) { return QCoreApplication::translate("TableFilter", text).arg(argument); }

// At spaces, except within quotes, which go.
QStringList tokens(const QString& text)
{
    QStringList list;
    QString token;
    bool quoted = false, begun = false;
    for (const QChar letter : text) {
        if (letter == u'"') {
            quoted = !quoted;
            begun = true;
        } else if (letter.isSpace() && !quoted) {
            if (begun)
                list.append(std::exchange(token, {}));
            begun = false;
        } else {
            token += letter;
            begun = true;
        }
    }
    if (begun)
        list.append(token);
    return list;
}

} // namespace

TableFilter TableFilter::parse(const QString& text)
{
    TableFilter filter;
    const QStringList list = tokens(text);
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QString& token = list[i];
        if (token.startsWith(QLatin1String("-l"))) {
            const QString selector = token.size() > 2 ? token.mid(2) : i + 1 < list.size() ? list[++i] : QString();
            const auto labels = api::LabelSelector::parse(toStd(selector));
            if (labels && !selector.isEmpty())
                filter.labels = *labels;
            else
                filter.problem = sentence(QT_TRANSLATE_NOOP("TableFilter", "“%1” is not a label selector; for example: -l app=web"), selector);
        } else if (token.startsWith(QLatin1String("is:"))) {
            const QString name = token.mid(3).toLower();
            const auto known = std::find_if(std::begin(kStates), std::end(kStates), [&](const auto& state) { return name == QLatin1String(state.name); });
            if (known != std::end(kStates))
                filter.states.insert(known->state);
            else
                filter.problem = sentence(QT_TRANSLATE_NOOP("TableFilter", "There is no state “%1”; for example: is:failing"), name);
        } else if (token.startsWith(u'!') && token.size() > 1) {
            filter.unwanted.append(token.mid(1));
        } else {
            filter.wanted.append(token);
        }
    }
    return filter;
}

bool TableFilter::matches(const std::vector<TableColumn>& columns, const api::Value& row) const
{
    const api::Value& metadata = row.get("object", "metadata");
    if (!namespaces.isEmpty() && !namespaces.contains(toQString(metadata.str("namespace"))))
        return false;
    if (labels && !labels->matches(metadata.get("labels")))
        return false;
    if (!states.isEmpty() && !states.contains(rowState(columns, row)))
        return false;
    const auto contains = [&](const QString& word) { return rowContainsWord(row, word); };
    return std::all_of(wanted.begin(), wanted.end(), contains) && std::none_of(unwanted.begin(), unwanted.end(), contains);
}

QStringList filterStates()
{
    QStringList names;
    for (const NamedState& state : kStates)
        names.append(QLatin1String(state.name));
    return names;
}

QString withStateToggled(const QString& text, const QString& state)
{
    const QString token = QStringLiteral("is:") + state;
    QStringList list = text.split(u' ', Qt::SkipEmptyParts);
    if (list.removeAll(token) == 0)
        list.append(token);
    return list.join(u' ');
}

} // namespace kates::app
