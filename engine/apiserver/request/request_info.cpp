#include "engine/apiserver/request/request_info.h"

#include <algorithm>
#include <vector>

#include "engine/api/selector.h"

namespace kates::apiserver {

namespace {

std::vector<std::string> segments(std::string_view path)
{
    std::vector<std::string> parts;
    while (!path.empty()) {
        auto slash = path.find('/');
        auto part = path.substr(0, slash);
        if (!part.empty())
            parts.push_back(http::percentDecode(part).value_or(std::string(part)));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return parts;
}

std::string verbOf(std::string_view method, bool named, bool watch)
{
    if (method == "POST")
        return "create";
    if (method == "PUT")
        return "update";
    if (method == "PATCH")
        return "patch";
    if (method == "DELETE")
        return named ? "delete" : "deletecollection";
    if (method == "GET" || method == "HEAD")
        return watch ? "watch" : named ? "get" : "list";
    return "";
}

bool isTrue(std::string_view value)
{
    return value == "true" || value == "1" || value == "True";
}

// The part of `path` after its first `count` segments: what a proxied request asks for, encoded as it came.
std::string behind(std::string_view path, std::size_t count)
{
    while (count-- > 0) {
        auto start = path.find_first_not_of('/');
        auto slash = start == std::string_view::npos ? start : path.find('/', start);
        if (slash == std::string_view::npos)
            return {};
        path = path.substr(slash);
    }
    return std::string(path.substr(1));
}

// The object's place in `parts` from `at` on: [namespaces/NS/]resource[/name[/subresource[/rest]]].
void readResource(RequestInfo& info, const std::vector<std::string>& parts, std::size_t at, std::string_view path)
{
    auto left = [&] { return parts.size() - at; };
    if (left() >= 2 && parts[at] == "namespaces") {
        info.ns = parts[at + 1];
        bool ofNamespace = left() == 2 || parts[at + 2] == "status" || parts[at + 2] == "finalize";
        at += ofNamespace ? 0 : 2;
    }
    info.resource = parts[at];
    if (left() >= 2)
        info.name = parts[at + 1];
    if (left() >= 3) {
        info.subresource = parts[at + 2];
        info.rest = behind(path, at + 3);
    }
}

} // namespace

bool RequestInfo::longRunning() const
{
    static constexpr std::string_view kStreams[] = {"log", "exec", "attach", "portforward", "proxy"};
    return verb == "watch" || std::find(std::begin(kStreams), std::end(kStreams), subresource) != std::end(kStreams);
}

RequestInfo parseRequestInfo(std::string_view method, std::string_view path, const http::Query& query)
{
    RequestInfo info;
    info.path = path;
    info.verb.resize(method.size());
    std::transform(method.begin(), method.end(), info.verb.begin(), [](unsigned char c) { return std::tolower(c); });
    auto parts = segments(path);
    std::size_t at = 0;
    if (parts.size() >= 3 && parts[0] == "api") {
        info.version = parts[1];
        at = 2;
    } else if (parts.size() >= 4 && parts[0] == "apis") {
        info.group = parts[1];
        info.version = parts[2];
        at = 3;
    } else {
        return info;
    }
    info.isResource = true;
    bool watch = isTrue(query.get("watch"));
    if (parts[at] == "watch" && parts.size() > at + 1 && method == "GET") {
        watch = true;
        ++at;
    }
    readResource(info, parts, at, path);
    bool named = !info.name.empty();
    // A watch of one object by its path is a watch on the collection that selects the name.
    info.verb = verbOf(method, named && !watch, watch);
    if (!named && (info.verb == "list" || info.verb == "watch" || info.verb == "deletecollection")) {
        if (auto fields = api::FieldSelector::parse(query.get("fieldSelector"))) {
            if (auto name = fields->required("metadata.name"))
                info.name = *name;
        }
    }
    if (!info.subresource.empty() && (info.verb == "list" || info.verb == "deletecollection"))
        info.verb = info.verb == "list" ? "get" : "delete";
    return info;
}

} // namespace kates::apiserver
