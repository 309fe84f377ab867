// What is wrong with a YAML text that is being edited, by line. Pure.
#pragma once

#include <QVariantList>

#include "app/details/object_schema.h"
#include "engine/api/status.h"

namespace kates::app {

// Maps {line, text}: from 1; 0 when it belongs to no line. A text that cannot be parsed has one problem; else the schema's, and keys that stand
// twice.
[[nodiscard]] QVariantList checkYaml(const QString& text, const ObjectSchema& schema);

// The causes that a server gave for refusing `edited`, each at the line of its field.
[[nodiscard]] QVariantList serverProblems(const QString& text, const api::Value& edited, const api::StatusError& error);

} // namespace kates::app
