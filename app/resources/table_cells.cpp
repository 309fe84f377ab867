#include "app/resources/table_cells.h"

#include "app/base/age.h"
#include "app/base/text.h"

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

// The number that a cell begins with: "3", "3 (2m ago)", "1/2"; and whether it begins with one.
bool leadingNumber(const Value& cell, double& number)
{
    if (cell.isNumber()) {
        number = cell.asDouble();
        return true;
    }
    const QString text = toQString(cell.asString().substr(0, 24));
    qsizetype end = 0;
    while (end < text.size() && (text[end].isDigit() || text[end] == u'.'))
        ++end;
    bool ok = false;
    number = text.left(end).toDouble(&ok);
    return ok && (end == text.size() || text[end] == u' ' || text[end] == u'/' || text[end] == u'%');
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

} // namespace

std::vector<TableColumn> tableColumns(const Value& columnDefinitions)
{
    std::vector<TableColumn> columns;
    for (const Value& definition : columnDefinitions) {
        const QString name = displayText(definition.str("name"), 60);
        columns.push_back({ name, int(definition.get("priority").asInt()), name == QLatin1String("Age") });
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

int compareCells(const Value& left, const Value& right, int column, bool isAge)
{
    const auto sign = [](auto a, auto b) { return a < b ? -1 : b < a ? 1 : 0; };
    if (isAge) // the younger first, as for a number of seconds; timestamps of one form order as text
        return sign(right.str("object", "metadata", "creationTimestamp"), left.str("object", "metadata", "creationTimestamp"));
    const Value& a = left.get("cells").at(std::size_t(column));
    const Value& b = right.get("cells").at(std::size_t(column));
    double x = 0, y = 0;
    if (leadingNumber(a, x) && leadingNumber(b, y) && x != y)
        return sign(x, y);
    const QString s = plainText(a), t = plainText(b);
    return naturallyBefore(s, t) ? -1 : naturallyBefore(t, s) ? 1 : 0;
}

bool rowContains(const Value& row, const QString& needle)
{
    const QStringList words = needle.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString& word) { return rowContainsWord(row, word); });
}

} // namespace kates::app
