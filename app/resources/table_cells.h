// Reading the rows of a server's Table: text, order and state of their cells. Pure.
#pragma once

#include <QDateTime>
#include <QString>

#include <vector>

#include "app/objects/object_state.h"
#include "engine/api/value.h"

namespace kates::app {

struct TableColumn {
    QString name;
    int priority = 0; // above 0: only when the table is wide
    bool isAge = false; // worked out here from the creation time, so that it does not grow stale
};

[[nodiscard]] std::vector<TableColumn> tableColumns(const api::Value& columnDefinitions);
[[nodiscard]] QString cellText(const std::vector<TableColumn>& columns, const api::Value& row, int column, const QDateTime& now);
// The state that a row's Status, Phase or Ready cell speaks of; Neutral when it has none.
[[nodiscard]] State rowState(const std::vector<TableColumn>& columns, const api::Value& row);
[[nodiscard]] int statusColumn(const std::vector<TableColumn>& columns); // -1 when there is none
[[nodiscard]] State stateOfWord(const QString& status);
// As a spaceship, for one column: numbers by value, ages by time, the rest naturally.
[[nodiscard]] int compareCells(const api::Value& left, const api::Value& right, int column, bool isAge);
// Whether every word of `needle` stands in a cell, a label or an annotation of the row. `needle` is in lower case.
[[nodiscard]] bool rowContains(const api::Value& row, const QString& needle);

} // namespace kates::app
