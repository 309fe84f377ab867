#include "app/details/field_path.h"

#include "app/base/text.h"
#include "engine/api/json.h"

namespace kates::app {

using api::Value;

namespace {

// The index of the item for which [a="x",b=1] holds, or its own value for ["x"] of a set; size() when there is none.
std::size_t itemBySelector(const Value& list, std::string_view selector)
{
    // The braces' content is a JSON object but for the unquoted keys and the equals signs.
    const bool isSet = selector.starts_with('=');
    std::string json = isSet ? std::string(selector.substr(1)) : "{\"";
    bool quoted = false;
    for (const char c : isSet ? std::string_view() : selector) {
        quoted = c == '"' ? !quoted : quoted;
        json += !quoted && c == '=' ? std::string("\":") : !quoted && c == ',' ? std::string(",\"") : std::string(1, c);
    }
    const auto wanted = api::parseJson(isSet ? json : json + '}');
    for (std::size_t i = 0; wanted && i < list.size(); ++i) {
        bool same = isSet ? list.at(i) == *wanted : true;
        for (const api::Member& member : wanted->members())
            same = same && list.at(i).get(member.key) == member.value;
        if (same)
            return i;
    }
    return list.size();
}

// Takes "[…]" off `text`; false when it leads nowhere.
bool takeIndex(const Value& list, std::string_view& text, FieldPath& path)
{
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos)
        return false;
    const std::string_view inside = text.substr(1, end - 1);
    std::size_t index = 0;
    if (!inside.empty() && inside.find_first_not_of("0123456789") == std::string_view::npos && inside.size() < 7)
        index = std::size_t(std::stoul(std::string(inside)));
    else
        index = itemBySelector(list, inside);
    if (index >= list.size())
        return false;
    path.emplace_back(index);
    text.remove_prefix(end + 1);
    return true;
}

bool takeName(const Value& object, std::string_view& text, FieldPath& path)
{
    if (text.starts_with('.'))
        text.remove_prefix(1);
    std::string_view best;
    for (const api::Member& member : object.members()) {
        const std::string_view key = member.key;
        const bool ends = key.size() == text.size() || (key.size() < text.size() && (text[key.size()] == '.' || text[key.size()] == '['));
        if (text.starts_with(key) && ends && key.size() >= best.size())
            best = key;
    }
    if (best.empty())
        return false;
    path.emplace_back(std::string(best));
    text.remove_prefix(best.size());
    return true;
}

} // namespace

QString toText(const FieldPath& path)
{
    QString text;
    for (const FieldStep& step : path) {
        if (const auto* key = std::get_if<std::string>(&step))
            text += (text.isEmpty() ? QString() : QStringLiteral(".")) + displayText(*key, 320);
        else
            text += u'[' + QString::number(std::get<std::size_t>(step)) + u']';
    }
    return text;
}

FieldPath resolveField(const Value& document, std::string_view text)
{
    FieldPath path;
    const Value* here = &document;
    while (!text.empty()) {
        if (!(text.starts_with('[') && here->isArray() ? takeIndex(*here, text, path) : takeName(*here, text, path)))
            break;
        here = &valueAt(document, path);
    }
    return path;
}

const Value& valueAt(const Value& document, const FieldPath& path)
{
    const Value* here = &document;
    for (const FieldStep& step : path) {
        if (const auto* key = std::get_if<std::string>(&step))
            here = &here->get(*key);
        else
            here = &here->at(std::get<std::size_t>(step));
    }
    return *here;
}

} // namespace kates::app
