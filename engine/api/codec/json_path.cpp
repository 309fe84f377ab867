#include "engine/api/codec/json_path.h"

#include <algorithm>

namespace kates::api {

std::string JsonPath::toString() const
{
    std::string text;
    for (const Step& step : m_steps) {
        if (!step.isKey) {
            text += '[' + std::to_string(step.index) + ']';
            continue;
        }
        if (!text.empty())
            text += '.';
        text += step.key;
    }
    return text.empty() ? "the root" : text;
}

void reportDuplicate(ParseReport& report, const JsonPath& path)
{
    if (report.duplicateFields.size() >= kDuplicatesReportedMax)
        return;
    std::string text = path.toString();
    if (std::find(report.duplicateFields.begin(), report.duplicateFields.end(), text) == report.duplicateFields.end())
        report.duplicateFields.push_back(std::move(text));
}

} // namespace kates::api
