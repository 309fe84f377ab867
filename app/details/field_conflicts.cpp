#include "app/details/field_conflicts.h"

#include "app/base/age.h"
#include "app/base/text.h"
#include "engine/api/json.h"

namespace kates::app {

using api::Value;

namespace {

constexpr qsizetype kValueMax = 120;

// conflict with "kubectl-edit" using apps/v1 at …: what stands between the first quotation marks.
std::string_view managerIn(std::string_view message)
{
    const std::size_t first = message.find('"');
    const std::size_t last = first == std::string_view::npos ? first : message.find('"', first + 1);
    return last == std::string_view::npos ? std::string_view() : message.substr(first + 1, last - first - 1);
}

QString shortText(const Value& value)
{
    return displayText(value.isString() ? std::string(value.asString()) : api::toJson(value), kValueMax);
}

} // namespace

std::vector<FieldConflict> conflictsOf(const api::StatusError& error, std::string_view own, const Value& live, const Value& edited)
{
    std::vector<FieldConflict> conflicts;
    for (const api::StatusCause& cause : error.causes) {
        const std::string_view manager = managerIn(cause.message);
        if (cause.reason != "FieldManagerConflict" || manager == own)
            continue;
        FieldConflict conflict;
        conflict.path = resolveField(edited, cause.field);
        conflict.field = displayText(cause.field.starts_with('.') ? std::string_view(cause.field).substr(1) : cause.field, 400);
        conflict.manager = displayText(manager, 128);
        for (const Value& entry : live.get("metadata", "managedFields")) {
            const QDateTime time = parseTimestamp(entry.str("time"));
            if (entry.str("manager") != manager || !entry.str("subresource").empty() || (conflict.since.isValid() && time <= conflict.since))
                continue;
            conflict.since = time;
            conflict.operation = displayText(entry.str("operation"), 20);
        }
        conflicts.push_back(std::move(conflict));
    }
    return conflicts;
}

QVariantMap describedConflict(const FieldConflict& conflict, const Value& live, const Value& edited)
{
    return { { QStringLiteral("field"), conflict.field }, { QStringLiteral("manager"), conflict.manager },
        { QStringLiteral("operation"), conflict.operation }, { QStringLiteral("since"), conflict.since },
        { QStringLiteral("mine"), shortText(valueAt(edited, conflict.path)) },
        { QStringLiteral("theirs"), shortText(valueAt(live, conflict.path)) } };
}

} // namespace kates::app
