// Builds documents from yaml-cpp's events, within the limits. Internal to yaml.cpp.
#pragma once

#include <optional>
#include <unordered_map>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>

#include "engine/api/yaml.h"

namespace kates::api {

// Throws YAML::ParserException, as yaml-cpp does, for what it refuses.
class YamlBuilder : public YAML::EventHandler {
public:
    YamlBuilder(std::string_view text, const ParseLimits& limits, ParseReport* report);
    std::vector<YamlDocument> take() { return std::move(m_documents); }

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override;
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override;
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override;
    void OnMapEnd() override;

private:
    // A finished value and what it costs to write it out in full.
    struct Built {
        Value value;
        std::size_t nodes = 1;
        int height = 0; // levels of nesting below it
    };
    // A list or map that is being read.
    struct Frame {
        Built built;
        YAML::Mark mark;
        YAML::anchor_t anchor = 0;
        bool isMap = false, hasKey = false, keyIsMerge = false;
        std::string key;
        std::vector<Value> merged; // the maps that << names
    };

    void count(const YAML::Mark& mark, std::size_t nodes);
    void begin(const YAML::Mark& mark, YAML::anchor_t anchor, bool isMap);
    void finish();
    void deliver(const YAML::Mark& mark, YAML::anchor_t anchor, Built built, bool isMergeKey = false);
    void setKey(const YAML::Mark& mark, const Value& key, bool isMergeKey);
    void setMember(const YAML::Mark& mark, Value value);
    void reportDuplicateKey();

    std::string_view m_text;
    const ParseLimits& m_limits;
    ParseReport* m_report;
    std::vector<YamlDocument> m_documents;
    std::vector<Frame> m_frames;
    std::unordered_map<YAML::anchor_t, Built> m_anchors;
    std::size_t m_nodes = 0;
    std::optional<int> m_lastStart; // where the last document began
};

} // namespace kates::api
