#include "engine/controllers/job/job_indexes.h"

#include <charconv>

namespace kates::controllers {

std::set<int> parseIndexes(std::string_view text)
{
    std::set<int> indexes;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        int first = -1;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), first);
        int last = first;
        if (error == std::errc() && end != part.data() + part.size() && *end == '-')
            std::from_chars(end + 1, part.data() + part.size(), last);
        if (error != std::errc() || first < 0 || last >= kCompletionsMax)
            continue;
        for (int index = first; index <= last; ++index)
            indexes.insert(indexes.end(), index);
    }
    return indexes;
}

std::string formatIndexes(const std::set<int>& indexes)
{
    std::string text;
    for (auto from = indexes.begin(); from != indexes.end();) {
        auto to = from;
        auto next = std::next(to);
        while (next != indexes.end() && *next == *to + 1)
            to = next++;
        text += (text.empty() ? "" : ",") + std::to_string(*from);
        if (to != from) // two in a row are written as "1,2"
            text += (*to == *from + 1 ? "," : "-") + std::to_string(*to);
        from = next;
    }
    return text;
}

} // namespace kates::controllers
