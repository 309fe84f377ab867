// What a table shows, as one line of text that people type and save. Pure.
//
//   web !canary           every word, in any cell, label or annotation; not the word after "!"
//   -l app=web,tier!=x    a label selector; in quotes when it has spaces: -l "env in (a, b)"
//   is:failing is:waiting the state of the row: ok, done, waiting, progressing, failing, terminating, unknown
#pragma once

#include <QSet>
#include <QStringList>

#include "app/objects/object_state.h"
#include "app/resources/table_cells.h"
#include "engine/api/selector.h"

namespace kates::app {

struct TableFilter {
    QStringList wanted, unwanted;
    std::optional<api::LabelSelector> labels;
    QSet<int> states; // ObjectState; empty: all
    QSet<QString> namespaces; // empty: all
    QString problem; // a sentence about what could not be understood; that part is left out

    static TableFilter parse(const QString& text);
    bool empty() const { return wanted.isEmpty() && unwanted.isEmpty() && !labels && states.isEmpty() && namespaces.isEmpty(); }
    bool matches(const std::vector<TableColumn>& columns, const api::Value& row) const;
};

// The words for is:, in the order of a menu.
[[nodiscard]] QStringList filterStates();
// The text with "is:STATE" added, or taken away when it is there.
[[nodiscard]] QString withStateToggled(const QString& text, const QString& state);

} // namespace kates::app
