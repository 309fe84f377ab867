// Who else holds the fields that an edit would change: what a refused server-side apply says, and since when by the object's managedFields. Pure.
#pragma once

#include <QDateTime>
#include <QVariantMap>

#include "app/details/field_path.h"
#include "engine/api/status.h"

namespace kates::app {

struct FieldConflict {
    FieldPath path; // within the edited object; as far as it can be told
    QString field; // as the server calls it
    QString manager;
    QString operation; // Apply or Update; "" when the object does not say
    QDateTime since; // when that manager last changed a field; invalid when the object does not say
};

// Empty for any other error. Fields that `own` holds already, by whichever operation, are no conflict.
[[nodiscard]] std::vector<FieldConflict> conflictsOf(
    const api::StatusError& error, std::string_view own, const api::Value& live, const api::Value& edited);

// {field, manager, operation, since, mine, theirs}, safe to show.
[[nodiscard]] QVariantMap describedConflict(const FieldConflict& conflict, const api::Value& live, const api::Value& edited);

} // namespace kates::app
