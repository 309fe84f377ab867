// What form of answer a client asked for, from its Accept header.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kates::apiserver {

enum class Encoding { Json, Yaml };
enum class Form { Object, Table, PartialMetadata };

struct AcceptedForm {
    Encoding encoding = Encoding::Json;
    Form form = Form::Object;
    bool pretty = false;
};

struct MediaRange {
    std::string type; // "application/json", "*/*"
    std::vector<std::pair<std::string, std::string>> parameters;
    double quality = 1;
    std::string_view parameter(std::string_view name) const;
};
// By falling quality, in order among equals.
[[nodiscard]] std::vector<MediaRange> parseAccept(std::string_view header);

// The first that this server can give; nullopt: none (406). `tablesAndMetadata`: whether as=Table and as=PartialObjectMetadata are possible here.
[[nodiscard]] std::optional<AcceptedForm> negotiate(std::string_view header, bool tablesAndMetadata);

} // namespace kates::apiserver
