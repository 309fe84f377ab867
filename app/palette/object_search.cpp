#include "app/palette/object_search.h"

#include <algorithm>

#include "app/base/text.h"

namespace kates::app {

namespace {

using api::Value;

std::string lower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return result;
}

// "key=value" of the first member that contains the needle.
QString matching(const Value& map, const std::string& needle)
{
    for (const api::Member& member : map.members()) {
        if (lower(member.key.view()).find(needle) != std::string::npos
            || lower(member.value.asString().substr(0, 200)).find(needle) != std::string::npos)
            return displayText(member.key.view(), 120) + u'=' + displayText(member.value.asString(), 80);
    }
    return {};
}

// The rank of the match, or -1.
int rankOf(const Value& object, const std::string& needle, QString& match)
{
    const Value& metadata = object.get("metadata");
    const std::size_t at = lower(metadata.str("name")).find(needle);
    if (at == 0)
        return 0;
    if (at != std::string::npos)
        return 1;
    match = matching(metadata.get("labels"), needle);
    if (!match.isEmpty())
        return 2;
    match = matching(metadata.get("annotations"), needle);
    return match.isEmpty() ? -1 : 3;
}

} // namespace

std::vector<FoundObject> searchObjectsIn(const std::vector<std::pair<ResourceInfo, Informer*>>& informers, const QString& text, int most)
{
    const std::string needle = lower(toStd(text));
    std::vector<FoundObject> found;
    for (const auto& [info, informer] : informers) {
        const QString apiVersion = info.ref.apiVersion();
        for (const auto& [key, object] : informer->objects()) {
            QString match;
            const int rank = rankOf(object, needle, match);
            if (rank < 0)
                continue;
            found.push_back({ apiVersion, info.kind, toQString(object.str("metadata", "namespace")), toQString(object.str("metadata", "name")), match,
                ObjectState::Neutral, rank });
        }
    }
    const auto before = [](const FoundObject& left, const FoundObject& right) {
        return std::tie(left.rank, left.kind, left.name) < std::tie(right.rank, right.kind, right.name);
    };
    const auto end = found.begin() + std::min<std::ptrdiff_t>(most, std::ptrdiff_t(found.size()));
    std::partial_sort(found.begin(), end, found.end(), before);
    found.erase(end, found.end());
    return found;
}

} // namespace kates::app
