#include "engine/kubelet/host_files.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include "engine/api/meta.h"
#include "engine/base/files.h"

namespace kates::kubelet {

namespace {

struct Resolver {
    std::vector<std::string> nameservers, searches, options;
};

// The limits of resolv.conf(5) that upstream enforces too.
constexpr std::size_t kNameserversMax = 3;
constexpr std::size_t kSearchesMax = 32;

Resolver hostResolver()
{
    Resolver resolver;
    std::istringstream lines(readFile("/etc/resolv.conf").value_or(std::string()));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string keyword, word;
        words >> keyword;
        auto& list = keyword == "nameserver" ? resolver.nameservers : keyword == "search" ? resolver.searches : resolver.options;
        if (keyword == "nameserver" || keyword == "search" || keyword == "options")
            while (words >> word)
                list.push_back(word);
    }
    return resolver;
}

void addUnique(std::vector<std::string>& list, std::string_view value)
{
    if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end())
        list.emplace_back(value);
}

std::string write(const Resolver& resolver)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(resolver.nameservers.size(), kNameserversMax); ++i)
        text += "nameserver " + resolver.nameservers[i] + "\n";
    const auto line = [&](const char* keyword, const std::vector<std::string>& words, std::size_t max) {
        if (words.empty())
            return;
        text += keyword;
        for (std::size_t i = 0; i < std::min(words.size(), max); ++i)
            text += " " + words[i];
        text += "\n";
    };
    line("search", resolver.searches, kSearchesMax);
    line("options", resolver.options, resolver.options.size());
    return text;
}

} // namespace

std::string podHostname(const api::Value& pod)
{
    const std::string_view wanted = pod.get("spec").str("hostname");
    std::string name(wanted.empty() ? api::ObjectMeta(pod).name() : wanted);
    if (name.size() > 63)
        name.resize(63);
    while (!name.empty() && (name.back() == '-' || name.back() == '.'))
        name.pop_back();
    return name;
}

std::string etcHosts(const api::Value& pod, const std::string& podIp, const std::string& clusterDomain)
{
    std::string text = "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n"
                       "fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n";
    const std::string host = podHostname(pod), subdomain(pod.get("spec").str("subdomain"));
    if (subdomain.empty())
        text += podIp + "\t" + host + "\n";
    else
        text += podIp + "\t" + host + "." + subdomain + "." + std::string(api::ObjectMeta(pod).ns()) + ".svc." + clusterDomain + "\t" + host + "\n";
    bool first = true;
    for (const api::Value& alias : pod.get("spec", "hostAliases")) {
        if (first)
            text += "\n# Entries added by HostAliases.\n";
        first = false;
        text += std::string(alias.str("ip"));
        for (const api::Value& name : alias.get("hostnames"))
            text += "\t" + std::string(name.asString());
        text += "\n";
    }
    return text;
}

std::string resolvConf(const api::Value& pod, const std::string& clusterDns, const std::string& clusterDomain)
{
    const std::string_view policy = pod.get("spec").str("dnsPolicy");
    const bool hostNetwork = pod.get("spec", "hostNetwork").asBool();
    const bool cluster = !clusterDns.empty() && (policy == "ClusterFirstWithHostNet" || ((policy == "ClusterFirst" || policy.empty()) && !hostNetwork));
    Resolver resolver;
    if (policy != "None")
        resolver = hostResolver();
    if (cluster) {
        const std::string ns(api::ObjectMeta(pod).ns());
        resolver.nameservers = {clusterDns};
        resolver.options = {"ndots:5"};
        std::vector<std::string> searches = {ns + ".svc." + clusterDomain, "svc." + clusterDomain, clusterDomain};
        for (const std::string& search : resolver.searches)
            addUnique(searches, search);
        resolver.searches = searches;
    }
    const api::Value& config = pod.get("spec", "dnsConfig");
    for (const api::Value& server : config.get("nameservers"))
        addUnique(resolver.nameservers, server.asString());
    for (const api::Value& search : config.get("searches"))
        addUnique(resolver.searches, search.asString());
    for (const api::Value& option : config.get("options")) {
        const std::string name(option.str("name"));
        std::erase_if(resolver.options, [&](const std::string& known) { return known == name || known.starts_with(name + ":"); });
        resolver.options.push_back(option.has("value") ? name + ":" + std::string(option.str("value")) : name);
    }
    return write(resolver);
}

} // namespace kates::kubelet
