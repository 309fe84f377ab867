#include "engine/apiserver/request/accept.h"

#include <algorithm>
#include <cstdlib>

namespace kates::apiserver {

namespace {

constexpr std::size_t kRangesMax = 32;

std::string_view trim(std::string_view text)
{
    auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view nextPart(std::string_view& text, char separator)
{
    auto end = text.find(separator);
    auto part = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    return trim(part);
}

MediaRange parseRange(std::string_view text)
{
    MediaRange range;
    range.type = nextPart(text, ';');
    while (!text.empty()) {
        auto parameter = nextPart(text, ';');
        auto equals = parameter.find('=');
        if (equals == std::string_view::npos)
            continue;
        auto name = trim(parameter.substr(0, equals)), value = trim(parameter.substr(equals + 1));
        if (name == "q")
            range.quality = std::strtod(std::string(value).c_str(), nullptr);
        else
            range.parameters.emplace_back(name, value);
    }
    return range;
}

std::optional<Encoding> encodingOf(const std::string& type)
{
    if (type == "application/json" || type == "*/*" || type == "application/*")
        return Encoding::Json;
    if (type == "application/yaml")
        return Encoding::Yaml;
    return std::nullopt;
}

std::optional<Form> formOf(const MediaRange& range, bool tablesAndMetadata)
{
    auto as = range.parameter("as");
    if (as.empty())
        return Form::Object;
    bool known = range.parameter("g") == "meta.k8s.io" && range.parameter("v") == "v1";
    if (!known || !tablesAndMetadata)
        return std::nullopt;
    if (as == "Table")
        return Form::Table;
    if (as == "PartialObjectMetadata" || as == "PartialObjectMetadataList")
        return Form::PartialMetadata;
    return std::nullopt;
}

} // namespace

std::string_view MediaRange::parameter(std::string_view name) const
{
    for (const auto& [key, value] : parameters) {
        if (key == name)
            return value;
    }
    return {};
}

std::vector<MediaRange> parseAccept(std::string_view header)
{
    std::vector<MediaRange> ranges;
    while (!header.empty() && ranges.size() < kRangesMax) {
        auto part = nextPart(header, ',');
        if (!part.empty())
            ranges.push_back(parseRange(part));
    }
    std::stable_sort(ranges.begin(), ranges.end(), [](const auto& left, const auto& right) { return left.quality > right.quality; });
    return ranges;
}

std::optional<AcceptedForm> negotiate(std::string_view header, bool tablesAndMetadata)
{
    if (header.empty())
        return AcceptedForm{};
    for (const auto& range : parseAccept(header)) {
        auto encoding = encodingOf(range.type);
        auto form = formOf(range, tablesAndMetadata);
        if (encoding && form && range.quality > 0)
            return AcceptedForm{*encoding, *form, range.parameter("pretty") == "1"};
    }
    return std::nullopt;
}

} // namespace kates::apiserver
