#include "engine/api/codec/yaml_builder.h"

#include <cmath>
#include <fmt/format.h>

#include "engine/api/codec/json_path.h"
#include "engine/api/codec/yaml_scalar.h"
#include "engine/base/base64.h"

namespace kates::api {

namespace {

[[noreturn]] void refuse(const YAML::Mark& mark, const std::string& message) { throw YAML::ParserException(mark, message); }

// Whether the last line before `text`'s end that is neither blank nor a comment is the document end marker.
bool endsWithDocumentEnd(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t lineStart = text.find_last_of('\n', text.size() - 1) + 1; // npos + 1 is 0
        const std::string_view line = text.substr(lineStart);
        const std::size_t first = line.find_first_not_of(" \t\r\n");
        if (first != line.npos && line[first] != '#' && line[first] != '%')
            return line.starts_with("...");
        text = text.substr(0, lineStart ? lineStart - 1 : 0);
    }
    return false;
}

Value binary(const YAML::Mark& mark, const std::string& text)
{
    const auto bytes = decodeBase64(text);
    if (!bytes)
        refuse(mark, "!!binary holds no base64");
    return Value(*bytes);
}

// By tag: "?" is a plain scalar, "!" a quoted one; a tag that YAML does not define leaves a string.
Value scalar(const YAML::Mark& mark, const std::string& tag, const std::string& text)
{
    constexpr std::string_view kStandard = "tag:yaml.org,2002:";
    const bool plain = tag == "?" || tag.empty();
    if (!plain && !std::string_view(tag).starts_with(kStandard))
        return Value(text);
    const std::string_view type = plain ? std::string_view() : std::string_view(tag).substr(kStandard.size());
    if (type == "binary")
        return binary(mark, text);
    if (!plain && type != "null" && type != "bool" && type != "int" && type != "float")
        return Value(text);
    const Value value = resolvePlainScalar(text);
    const bool fits = plain || (type == "null" && value.isNull()) || (type == "bool" && value.isBool()) || (type == "int" && value.isInt())
        || (type == "float" && value.isNumber());
    if (!fits)
        refuse(mark, fmt::format("\"{}\" is not a {}", text, type));
    if (!std::isfinite(value.asDouble()))
        refuse(mark, fmt::format("{} has no place in a Kubernetes object", text));
    return value;
}

} // namespace

YamlBuilder::YamlBuilder(std::string_view text, const ParseLimits& limits, ParseReport* report)
    : m_text(text)
    , m_limits(limits)
    , m_report(report)
{
}

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark)
{
    // yaml-cpp begins another document wherever the last one stopped, also at a token that nothing consumes: then this is where it ends.
    const auto position = static_cast<std::size_t>(mark.pos);
    const bool separated = m_text.substr(position).starts_with("---") || endsWithDocumentEnd(m_text.substr(0, position));
    if (m_lastStart && (mark.pos == *m_lastStart || !separated))
        refuse(mark, "this belongs to no value; documents are separated by \"---\"");
    m_lastStart = mark.pos;
    m_anchors.clear();
    m_documents.push_back({ Value(), mark.line + 1 });
}

void YamlBuilder::OnDocumentEnd()
{
    if (m_documents.back().value.isNull())
        m_documents.pop_back();
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor)
{
    count(mark, 1);
    deliver(mark, anchor, {});
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor)
{
    const auto found = m_anchors.find(anchor);
    if (found == m_anchors.end())
        refuse(mark, "an alias cannot stand inside the value that it names");
    count(mark, found->second.nodes);
    if (static_cast<int>(m_frames.size()) + found->second.height > m_limits.depthMax)
        refuse(mark, fmt::format("nested deeper than {} levels", m_limits.depthMax));
    deliver(mark, 0, found->second);
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value)
{
    count(mark, 1);
    deliver(mark, anchor, { scalar(mark, tag, value) }, tag == "?" && value == "<<");
}

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value)
{
    begin(mark, anchor, false);
}

void YamlBuilder::OnSequenceEnd() { finish(); }

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value)
{
    begin(mark, anchor, true);
}

void YamlBuilder::OnMapEnd()
{
    Frame& frame = m_frames.back();
    for (const Value& map : frame.merged) {
        for (const Member& member : map.members()) {
            if (!frame.built.value.has(member.key))
                frame.built.value.set(member.key, member.value);
        }
    }
    finish();
}

void YamlBuilder::count(const YAML::Mark& mark, std::size_t nodes)
{
    m_nodes += nodes;
    if (m_nodes > m_limits.nodesMax)
        refuse(mark, fmt::format("more than {} values, aliases expanded", m_limits.nodesMax));
}

void YamlBuilder::begin(const YAML::Mark& mark, YAML::anchor_t anchor, bool isMap)
{
    count(mark, 1);
    if (static_cast<int>(m_frames.size()) >= m_limits.depthMax)
        refuse(mark, fmt::format("nested deeper than {} levels", m_limits.depthMax));
    Frame frame;
    frame.built = { isMap ? Value::object() : Value::array(), m_nodes, 1 };
    frame.mark = mark;
    frame.anchor = anchor;
    frame.isMap = isMap;
    m_frames.push_back(std::move(frame));
}

void YamlBuilder::finish()
{
    Frame frame = std::move(m_frames.back());
    m_frames.pop_back();
    frame.built.nodes = m_nodes - frame.built.nodes + 1; // begin() left the count so far there
    deliver(frame.mark, frame.anchor, std::move(frame.built));
}

void YamlBuilder::deliver(const YAML::Mark& mark, YAML::anchor_t anchor, Built built, bool isMergeKey)
{
    if (anchor)
        m_anchors[anchor] = built;
    if (m_frames.empty()) {
        m_documents.back() = { std::move(built.value), mark.line + 1 };
        return;
    }
    Frame& frame = m_frames.back();
    frame.built.height = std::max(frame.built.height, built.height + 1);
    if (!frame.isMap)
        frame.built.value.push(std::move(built.value));
    else if (frame.hasKey)
        setMember(mark, std::move(built.value));
    else
        setKey(mark, built.value, isMergeKey);
}

void YamlBuilder::setKey(const YAML::Mark& mark, const Value& key, bool isMergeKey)
{
    if (key.isNull() || key.isArray() || key.isObject())
        refuse(mark, key.isNull() ? "null cannot be a key" : "a list or map cannot be a key");
    Frame& frame = m_frames.back();
    frame.key = key.isString() ? std::string(key.asString()) : toJson(key);
    frame.hasKey = true;
    frame.keyIsMerge = isMergeKey;
}

void YamlBuilder::setMember(const YAML::Mark& mark, Value value)
{
    Frame& frame = m_frames.back();
    frame.hasKey = false;
    if (!frame.keyIsMerge) {
        if (frame.built.value.has(frame.key))
            reportDuplicateKey();
        frame.built.value.set(frame.key, std::move(value));
        return;
    }
    const Value maps = value.isArray() ? std::move(value) : Value::array({ std::move(value) });
    for (const Value& map : maps) {
        if (!map.isObject())
            refuse(mark, "<< takes a map or a list of maps");
        frame.merged.push_back(map);
    }
}

void YamlBuilder::reportDuplicateKey()
{
    if (!m_report)
        return;
    JsonPath path;
    for (const Frame& frame : m_frames) {
        if (frame.isMap)
            path.pushKey(frame.key);
        else
            path.pushIndex(frame.built.value.size());
    }
    reportDuplicate(*m_report, path);
}

} // namespace kates::api
