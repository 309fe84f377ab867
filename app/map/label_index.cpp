#include "app/map/label_index.h"

#include "app/base/text.h"

namespace kates::app {

std::vector<int> LabelIndex::add(const api::Value& labels)
{
    std::vector<int> numbers;
    for (const api::Member& label : labels.members()) {
        // Differs for every pod of a replica set or job by design: nothing to light together.
        if (label.key.view() == "pod-template-hash" || label.key.view() == "controller-uid"
            || label.key.view() == "batch.kubernetes.io/controller-uid")
            continue;
        const QString name = displayText(label.key.view(), 120) + u'=' + displayText(label.value.asString(), 63);
        auto known = m_numbers.constFind(name);
        if (known == m_numbers.cend()) {
            if (int(m_names.size()) >= kLabelsMax)
                continue;
            known = m_numbers.insert(name, int(m_names.size()));
            m_names.push_back(name);
        }
        numbers.push_back(*known);
    }
    return numbers;
}

} // namespace kates::app
