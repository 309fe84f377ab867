#include "engine/cluster/remote/read_only.h"

#include <algorithm>

#include "engine/api/json.h"
#include "engine/apiserver/request/request_info.h"

namespace kates::cluster {

namespace {

using Pass = ReadOnlyVerdict::Pass;

template <std::size_t Size>
bool isOneOf(std::string_view text, const std::string_view (&list)[Size])
{
    return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

constexpr std::string_view kTunnels[] = {"exec", "attach", "portforward", "proxy"};
constexpr std::string_view kDryRunSubresources[] = {"", "status", "scale", "eviction"};
constexpr std::string_view kOwnReviews[] = {
    "authorization.k8s.io/selfsubjectaccessreviews", "authorization.k8s.io/selfsubjectrulesreviews", "authentication.k8s.io/selfsubjectreviews"};

// Two servers read such a path alike: no segment is empty, a dot or two, or hides a slash (or a second encoding) behind its encoding.
bool isPlain(std::string_view path)
{
    if (!path.starts_with('/'))
        return false;
    path.remove_prefix(1);
    if (path.ends_with('/'))
        path.remove_suffix(1);
    while (!path.empty()) {
        const auto slash = std::min(path.find('/'), path.size());
        const auto segment = http::percentDecode(path.substr(0, slash));
        const bool plain = segment && !segment->empty() && *segment != "." && *segment != ".."
            && std::none_of(segment->begin(), segment->end(), [](unsigned char c) { return c < ' ' || c == 127 || c == '/' || c == '\\' || c == '%' || c == ';'; });
        if (!plain)
            return false;
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return true;
}

ReadOnlyVerdict no(std::string why)
{
    return {Pass::No, std::move(why)};
}

ReadOnlyVerdict judgeRead(const apiserver::RequestInfo& info, bool upgrade)
{
    if (info.isResource && (isOneOf(info.subresource, kTunnels) || info.resource == "proxy"))
        return no((info.subresource.empty() ? info.resource : info.subresource) + " counts as a write");
    if (upgrade && info.verb != "watch" && info.subresource != "log")
        return no("a connection that is upgraded counts as a write");
    return {Pass::Yes, {}};
}

} // namespace

bool saysDryRun(const http::Query& query)
{
    const auto values = query.all("dryRun");
    return values.size() == 1 && values[0] == "All";
}

ReadOnlyVerdict judgeReadOnly(const http::Request& request, std::string_view path)
{
    if (!isPlain(path))
        return no("its path is not a plain one");
    const http::Query query = http::Query::parse(request.query);
    const apiserver::RequestInfo info = apiserver::parseRequestInfo(request.method, path, query);
    const bool upgrade = request.headers.has("Upgrade") || request.headers.containsToken("Connection", "upgrade");
    if (request.method == "GET" || request.method == "HEAD")
        return judgeRead(info, upgrade);
    const bool write = request.method == "POST" || request.method == "PUT" || request.method == "PATCH" || request.method == "DELETE";
    if (!write || !info.isResource || upgrade)
        return no("the method " + request.method + " is a write");
    if (request.method == "POST" && info.subresource.empty() && info.name.empty() && isOneOf(info.group + "/" + info.resource, kOwnReviews))
        return {Pass::Yes, {}};
    if (!isOneOf(info.subresource, kDryRunSubresources) || info.resource == "proxy")
        return no(info.verb + " of " + info.resource + "/" + info.subresource + " is a write");
    if (request.method == "DELETE")
        return {Pass::ByBody, {}};
    return saysDryRun(query) ? ReadOnlyVerdict{Pass::Yes, {}} : no(info.verb + " of " + info.resource + " is a write");
}

bool isDryRunBody(const std::string& body, bool dryRunInQuery)
{
    if (body.empty())
        return dryRunInQuery;
    api::ParseReport report;
    auto options = api::parseJson(body, {}, &report);
    return options && report.duplicateFields.empty() && options->get("dryRun") == api::Value::array({"All"});
}

} // namespace kates::cluster
