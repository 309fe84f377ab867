#include "engine/api/yaml.h"

#include <algorithm>
#include <fmt/format.h>
#include <istream>
#include <streambuf>
#include <yaml-cpp/parser.h>

#include "engine/api/codec/text_position.h"
#include "engine/api/codec/utf8.h"
#include "engine/api/codec/yaml_builder.h"

namespace kates::api {

namespace {

// Lets yaml-cpp read the text where it is.
class TextBuffer : public std::streambuf {
public:
    explicit TextBuffer(std::string_view text)
    {
        char* begin = const_cast<char*>(text.data()); // only read
        setg(begin, begin, begin + text.size());
    }
};

bool isForbiddenControl(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f; }

Result<void> checkCharacters(std::string_view text)
{
    const auto control = std::find_if(text.begin(), text.end(), isForbiddenControl);
    if (control != text.end())
        return problemAt("YAML", text, control - text.begin(), "control characters are not allowed");
    if (isUtf8(text))
        return {};
    std::size_t at = 0;
    while (const std::size_t length = utf8CharacterLength(text.substr(at)))
        at += length;
    return problemAt("YAML", text, at, "this is not UTF-8");
}

bool looksLikeJson(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != text.npos && (text[first] == '{' || text[first] == '[');
}

} // namespace

Result<std::vector<YamlDocument>> parseYaml(std::string_view text, const ParseLimits& limits, ParseReport* report)
{
    if (text.size() > limits.bytesMax)
        return failure(fmt::format("YAML: {} bytes are more than the limit of {}", text.size(), limits.bytesMax));
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    if (looksLikeJson(text)) {
        // Much faster; flow style that is not JSON is left to yaml-cpp.
        ParseReport jsonReport;
        if (Result<Value> value = parseJson(text, limits, &jsonReport)) {
            if (report)
                report->duplicateFields.insert(report->duplicateFields.end(), jsonReport.duplicateFields.begin(), jsonReport.duplicateFields.end());
            const std::size_t first = text.find_first_not_of(" \t\r\n");
            const int line = 1 + static_cast<int>(std::count(text.begin(), text.begin() + first, '\n'));
            return std::vector<YamlDocument> { { std::move(*value), line } };
        }
    }
    if (Result<void> checked = checkCharacters(text); !checked)
        return tl::unexpected(checked.error());
    YamlBuilder builder(text, limits, report);
    try {
        TextBuffer buffer(text);
        std::istream stream(&buffer);
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) { }
    } catch (const YAML::Exception& exception) {
        if (exception.mark.is_null())
            return failure("YAML: " + exception.msg);
        return problemAt("YAML", exception.mark.line + 1, exception.mark.column + 1, exception.msg);
    } catch (const std::exception& exception) {
        return failure(fmt::format("YAML: {}", exception.what()));
    }
    return builder.take();
}

} // namespace kates::api
