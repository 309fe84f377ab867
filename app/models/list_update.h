// The way from one order of a list to the next, worked out on the data thread and replayed by the model on the GUI thread.
#pragma once

#include <QMetaType>
#include <QStringList>

#include <memory>
#include <vector>

#include "engine/api/value.h"

namespace kates::app {

struct ListEntry {
    QString key;
    api::Value object;
};

// One step: `count` entries from `first`; the indexes are those that hold when the steps before it are done.
struct ListStep {
    enum class Kind { Insert, Remove, Change, Move };
    Kind kind;
    int first = 0;
    int count = 0;
    int to = 0; // Move (count is 1): the index afterwards
    std::vector<ListEntry> entries; // Insert and Change
};

struct ListUpdate {
    std::vector<ListStep> steps;
    bool rearranged = false; // too many steps to animate: `entries` is the whole new order, for the receiver to take
    std::shared_ptr<std::vector<ListEntry>> entries;
    QStringList gone; // the keys that are no longer in the list
    int total = 0; // how many there are before filtering
    bool synced = false; // a complete list was seen
};

// The steps from `before` to `after`; more than `stepsMax` become one rearrangement. Keys are unique within each list. What stands at the same
// place at both ends costs next to nothing.
[[nodiscard]] ListUpdate listUpdate(const std::vector<ListEntry>& before, const std::vector<ListEntry>& after, int stepsMax = 64);

} // namespace kates::app

Q_DECLARE_METATYPE(kates::app::ListUpdate)
