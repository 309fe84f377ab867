// Reading the rows of a server's Table: text, order and state of their cells. Pure.
#pragma once

#include <QDateTime>
#include <QString>

#include <vector>

#include "app/models/list_feed.h"
#include "app/objects/object_state.h"
#include "engine/api/value.h"

namespace kates::app {

inline constexpr int kNamespaceColumn = -1; // not among the server's columns

struct TableColumn {
    QString name;
    QString description;
    int priority = 0; // above 0: only when it is asked for
    bool isAge = false; // worked out here from the creation time, so that it does not grow stale
    bool isTime = false; // its cells are durations: "5m30s" is a time, not a thousandth
};

[[nodiscard]] std::vector<TableColumn> tableColumns(const api::Value& columnDefinitions);
[[nodiscard]] QString cellText(const std::vector<TableColumn>& columns, const api::Value& row, int column, const QDateTime& now);
// The state that a row's Status, Phase or Ready cell speaks of; Neutral when it has none.
[[nodiscard]] State rowState(const std::vector<TableColumn>& columns, const api::Value& row);
[[nodiscard]] int statusColumn(const std::vector<TableColumn>& columns); // -1 when there is none
[[nodiscard]] State stateOfWord(const QString& status);
// Where a row stands by one column: numbers, percentages, fractions, quantities (128Mi before 1Gi) and durations (90s before 5m) by value, ages by
// time, the rest naturally; what says nothing ("<none>") last.
[[nodiscard]] ListRank cellRank(const std::vector<TableColumn>& columns, const api::Value& row, int column);
// Whether the word stands in a cell, the namespace, a label or an annotation of the row, in any case.
[[nodiscard]] bool rowContainsWord(const api::Value& row, const QString& word);

} // namespace kates::app
