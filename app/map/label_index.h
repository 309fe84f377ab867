// The labels of a scene as small numbers, counted.
#pragma once

#include <QHash>
#include <QString>

#include <vector>

#include "engine/api/value.h"

namespace kates::app {

inline constexpr int kLabelsMax = 4000; // different ones in a scene; more are left out

class LabelIndex {
public:
    // The numbers of a label map's "key=value" pairs; counted when they belong to a cell.
    std::vector<int> add(const api::Value& labels, bool counted);
    // The names by number; and the numbers' order by how many cells carry them.
    const std::vector<QString>& names() const { return m_names; }
    const std::vector<int>& counts() const { return m_counts; }

private:
    QHash<QString, int> m_numbers;
    std::vector<QString> m_names;
    std::vector<int> m_counts;
};

} // namespace kates::app
