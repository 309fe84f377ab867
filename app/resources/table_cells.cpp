#include "app/resources/table_cells.h"

#include <QRegularExpression>

#include "app/base/age.h"
#include "app/base/text.h"
#include "engine/api/quantity.h"

namespace kates::app {

namespace {

using api::Value;

constexpr qsizetype kCellCharactersMax = 400;

QString plainText(const Value& cell)
{
    switch (cell.type()) {
    case Value::Type::String:
        return displayText(cell.asString(), kCellCharactersMax);
    case Value::Type::Int:
        return QString::number(cell.asInt());
    case Value::Type::Double:
        return QString::number(cell.asDouble());
    case Value::Type::Bool:
        return cell.asBool() ? QStringLiteral("true") : QStringLiteral("false");
    default:
        return {};
    }
}

// Seconds of a duration as kubectl writes it: 5m30s, 3d4h, 2y30d; negative when it is none.
double secondsOf(const QString& text)
{
    double total = 0, number = 0;
    bool digits = false, any = false;
    for (const QChar letter : text) {
        if (letter.isDigit()) {
            number = number * 10 + letter.digitValue();
            digits = true;
            continue;
        }
        const int unit = QStringLiteral("smhdy").indexOf(letter);
        static constexpr double seconds[] = { 1, 60, 3600, 86'400, 31'536'000 };
        if (!digits || unit < 0)
            return -1;
        total += number * seconds[unit];
        number = 0;
        digits = false;
        any = true;
    }
    return any && !digits ? total : -1;
}

// The value that a cell begins with: "3", "3 (2m ago)", "1/2", "50%", "128Mi".
bool leadingValue(const QString& text, bool isTime, double& value)
{
    const QString first = text.section(u' ', 0, 0);
    if (isTime) {
        value = secondsOf(first);
        return value >= 0;
    }
    bool ok = false;
    value = (first.endsWith(u'%') ? first.chopped(1) : first.section(u'/', 0, 0)).toDouble(&ok);
    if (ok)
        return true;
    const auto quantity = api::Quantity::parse(toStd(first));
    if (quantity)
        value = double(quantity->milli()) / 1000;
    return bool(quantity);
}

bool anyContains(const Value& map, const QString& word)
{
    for (const api::Member& member : map.members()) {
        const std::string_view key = member.key;
        if (toQString(key).contains(word, Qt::CaseInsensitive) || toQString(member.value.asString()).contains(word, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

} // namespace

std::vector<TableColumn> tableColumns(const Value& columnDefinitions)
{
    std::vector<TableColumn> columns;
    for (const Value& definition : columnDefinitions) {
        static const QRegularExpression timely(QStringLiteral("^(age|duration|uptime|since|last .*|first .*|.*seen|.*time)$"));
        const QString name = displayText(definition.str("name"), 60);
        const bool isTime = definition.str("type") == "date" || timely.match(name.toLower()).hasMatch();
        columns.push_back({ name, displayText(definition.str("description"), 400), int(definition.get("priority").asInt()),
            name == QLatin1String("Age"), isTime });
    }
    return columns;
}

QString cellText(const std::vector<TableColumn>& columns, const Value& row, int column, const QDateTime& now)
{
    if (columns[std::size_t(column)].isAge) {
        const QString age = ageOf(row.str("object", "metadata", "creationTimestamp"), now);
        if (!age.isEmpty())
            return age;
    }
    return plainText(row.get("cells").at(std::size_t(column)));
}

int statusColumn(const std::vector<TableColumn>& columns)
{
    for (const char* name : { "Status", "Phase", "Ready", "Type" }) {
        for (int i = 0; i < int(columns.size()); ++i) {
            if (columns[std::size_t(i)].name == QLatin1String(name))
                return i;
        }
    }
    return -1;
}

State stateOfWord(const QString& status)
{
    static const QHash<QString, State> words {
        { QStringLiteral("Running"), ObjectState::Ok },
        { QStringLiteral("Ready"), ObjectState::Ok },
        { QStringLiteral("Active"), ObjectState::Ok },
        { QStringLiteral("Bound"), ObjectState::Ok },
        { QStringLiteral("Available"), ObjectState::Ok },
        { QStringLiteral("True"), ObjectState::Ok },
        { QStringLiteral("Complete"), ObjectState::Done },
        { QStringLiteral("Completed"), ObjectState::Done },
        { QStringLiteral("Succeeded"), ObjectState::Done },
        { QStringLiteral("Pending"), ObjectState::Waiting },
        { QStringLiteral("SchedulingGated"), ObjectState::Waiting },
        { QStringLiteral("Warning"), ObjectState::Waiting },
        { QStringLiteral("Released"), ObjectState::Waiting },
        { QStringLiteral("ContainerCreating"), ObjectState::Progressing },
        { QStringLiteral("PodInitializing"), ObjectState::Progressing },
        { QStringLiteral("NotReady"), ObjectState::Failing },
        { QStringLiteral("Terminating"), ObjectState::Terminating },
        { QStringLiteral("Unknown"), ObjectState::Unknown },
        { QStringLiteral("Failed"), ObjectState::Failing },
        { QStringLiteral("Error"), ObjectState::Failing },
        { QStringLiteral("OOMKilled"), ObjectState::Failing },
        { QStringLiteral("Evicted"), ObjectState::Failing },
        { QStringLiteral("Lost"), ObjectState::Failing },
        { QStringLiteral("False"), ObjectState::Failing },
    };
    const QString first = status.section(u',', 0, 0);
    if (const auto known = words.constFind(first); known != words.cend())
        return status.contains(QLatin1String("SchedulingDisabled")) ? worse(*known, ObjectState::Waiting) : *known;
    if (first.startsWith(QLatin1String("Init:")) && first.size() > 5 && first[5].isDigit())
        return ObjectState::Progressing;
    for (const char* part : { "BackOff", "Err", "Error", "ExitCode", "Signal", "Failed", "Invalid" }) {
        if (first.contains(QLatin1String(part)))
            return ObjectState::Failing;
    }
    return ObjectState::Neutral;
}

State rowState(const std::vector<TableColumn>& columns, const Value& row)
{
    const int column = statusColumn(columns);
    if (column < 0)
        return ObjectState::Neutral;
    const QString text = plainText(row.get("cells").at(std::size_t(column)));
    const QStringList parts = text.split(u'/');
    bool ready = false, wanted = false;
    const int have = parts[0].toInt(&ready), want = parts.value(1).toInt(&wanted);
    if (parts.size() == 2 && ready && wanted)
        return want == 0 ? ObjectState::Neutral : have >= want ? ObjectState::Ok : ObjectState::Progressing;
    return stateOfWord(text);
}

ListRank cellRank(const std::vector<TableColumn>& columns, const Value& row, int column)
{
    if (column == kNamespaceColumn)
        return { 0, 0, toQString(row.str("object", "metadata", "namespace")) };
    const TableColumn& kind = columns[std::size_t(column)];
    if (kind.isAge) { // the younger first, as for a number of seconds
        const QDateTime created = parseTimestamp(row.str("object", "metadata", "creationTimestamp"));
        if (created.isValid())
            return { 0, -double(created.toSecsSinceEpoch()), {} };
    }
    const Value& cell = row.get("cells").at(std::size_t(column));
    if (cell.isNumber())
        return { 0, cell.asDouble(), {} };
    const QString text = plainText(cell);
    double value = 0;
    if (text.isEmpty() || (text.startsWith(u'<') && text.endsWith(u'>')))
        return { 2, 0, text };
    if (leadingValue(text, kind.isTime, value))
        return { 0, value, text };
    return { 1, 0, text };
}

bool rowContainsWord(const Value& row, const QString& word)
{
    for (const Value& cell : row.get("cells")) {
        if (plainText(cell).contains(word, Qt::CaseInsensitive))
            return true;
    }
    const Value& metadata = row.get("object", "metadata");
    return toQString(metadata.str("namespace")).contains(word, Qt::CaseInsensitive) || anyContains(metadata.get("labels"), word)
        || anyContains(metadata.get("annotations"), word);
}

} // namespace kates::app
