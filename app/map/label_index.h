// The labels of objects as small numbers, which stay the same as long as the index lives.
#pragma once

#include <QHash>
#include <QString>

#include <vector>

#include "engine/api/value.h"

namespace kates::app {

inline constexpr int kLabelsMax = 4000; // different ones in a scene; more are left out

class LabelIndex {
public:
    // The numbers of a label map's "key=value" pairs.
    std::vector<int> add(const api::Value& labels);
    const std::vector<QString>& names() const { return m_names; } // by number

private:
    QHash<QString, int> m_numbers;
    std::vector<QString> m_names;
};

} // namespace kates::app
