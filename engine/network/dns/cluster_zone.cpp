#include "engine/network/dns/cluster_zone.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <tuple>

namespace kates::network::dns {

namespace {

constexpr std::uint32_t kTtlSeconds = 5;
constexpr std::string_view kReverseSuffix = ".in-addr.arpa";
constexpr std::size_t kAnswersMax = 1'000;

std::vector<std::string_view> splitLabels(std::string_view name)
{
    std::vector<std::string_view> labels;
    while (!name.empty()) {
        labels.push_back(name.substr(0, name.find('.')));
        name.remove_prefix(std::min(labels.back().size() + 1, name.size()));
    }
    return labels;
}

std::optional<Ipv4> dashedAddress(std::string_view label)
{
    std::string dotted(label);
    std::replace(dotted.begin(), dotted.end(), '-', '.');
    return Ipv4::parse(dotted);
}

std::string dashed(std::string address)
{
    std::replace(address.begin(), address.end(), '.', '-');
    return address;
}

bool isHeadless(const api::Value& service)
{
    return service.str("spec", "clusterIP") == "None";
}

std::string lowerProtocol(const api::Value& port)
{
    std::string protocol(port.get("protocol").asString("TCP"));
    std::transform(protocol.begin(), protocol.end(), protocol.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return protocol;
}

std::uint16_t typeOf(const Record& record)
{
    struct Visitor {
        std::uint16_t operator()(const Ipv4&) const { return A; }
        std::uint16_t operator()(const NameData& data) const { return data.type; }
        std::uint16_t operator()(const SrvData&) const { return Srv; }
        std::uint16_t operator()(const SoaData&) const { return Soa; }
        std::uint16_t operator()(const TextData&) const { return Txt; }
    };
    return std::visit(Visitor{}, record.data);
}

std::string hostLabel(const api::Value& endpoint)
{
    const auto hostname = endpoint.str("hostname");
    return hostname.empty() ? dashed(std::string(endpoint.get("addresses").at(0).asString())) : std::string(hostname);
}

} // namespace

std::string ClusterZone::serviceName(const api::ObjectKey& service) const
{
    return fmt::format("{}.{}.svc.{}", service.name, service.ns, m_domain);
}

Answer ClusterZone::nothing(Rcode code) const
{
    Answer answer{code, true, {}, {}, {}};
    answer.authorities.push_back(
        {m_domain, kTtlSeconds, SoaData{"ns.dns." + m_domain, "hostmaster." + m_domain, 1, 7'200, 1'800, 86'400, kTtlSeconds}});
    return answer;
}

Answer ClusterZone::found(std::uint16_t type, std::vector<Record> records) const
{
    // A name that is an alias answers every type with the alias.
    std::erase_if(records, [type](const Record& record) { return type != Any && typeOf(record) != type && typeOf(record) != Cname; });
    if (records.empty())
        return nothing(NoError);
    return {NoError, true, std::move(records), {}, {}};
}

std::optional<Answer> ClusterZone::answer(const std::string& name, std::uint16_t type) const
{
    if (name.ends_with(kReverseSuffix))
        return answerReverse(name, type);
    if (name == m_domain)
        return type == Soa ? Answer{NoError, true, nothing(NoError).authorities, {}, {}} : nothing(NoError);
    if (name.size() <= m_domain.size() || !name.ends_with(m_domain) || name[name.size() - m_domain.size() - 1] != '.')
        return std::nullopt;
    return answerZone(name, splitLabels(std::string_view(name).substr(0, name.size() - m_domain.size() - 1)), type);
}

Answer ClusterZone::answerZone(const std::string& name, const std::vector<std::string_view>& labels, std::uint16_t type) const
{
    const auto count = labels.size();
    const auto kind = labels.back();
    if (count == 1 && kind == "dns-version")
        return found(type, {{name, kTtlSeconds, TextData{"1.1.0"}}});
    if (count == 1)
        return nothing(kind == "svc" || kind == "pod" ? NoError : NxDomain);
    if (kind == "pod" && count == 3)
        if (auto address = dashedAddress(labels[0]))
            return found(type, {{name, kTtlSeconds, *address}});
    if (kind != "svc")
        return nothing(NxDomain);
    if (count == 2)
        return nothing(m_services.hasServiceIn(labels[0]) ? NoError : NxDomain);
    return answerService(name, labels, type);
}

// Labels: … <service> <ns> "svc".
Answer ClusterZone::answerService(const std::string& name, const std::vector<std::string_view>& labels, std::uint16_t type) const
{
    const auto count = labels.size();
    const api::ObjectKey key{std::string(labels[count - 2]), std::string(labels[count - 3])};
    const auto* service = m_services.service(key);
    if (!service)
        return nothing(NxDomain);
    if (service->str("spec", "type") == "ExternalName") {
        if (count != 3)
            return nothing(NxDomain);
        std::string target(service->str("spec", "externalName"));
        if (target.ends_with('.'))
            target.pop_back();
        return found(type, {{name, kTtlSeconds, NameData{Cname, target}}});
    }
    if (count == 5 && labels[0].starts_with('_') && labels[1].starts_with('_'))
        return answerSrv(name, *service, labels[0].substr(1), labels[1].substr(1), type);
    if (count == 4 && labels[0].starts_with('_')) // "_tcp" exists when there is something below it
        return nothing(NoError);
    std::vector<Record> records;
    if (!isHeadless(*service)) {
        const auto address = Ipv4::parse(service->str("spec", "clusterIP"));
        return count == 3 && address ? found(type, {{name, kTtlSeconds, *address}}) : nothing(count == 3 ? NoError : NxDomain);
    }
    const auto hosts = headlessHosts(key);
    for (const auto& host : hosts)
        if (count == 3 || (count == 4 && host.name == name))
            records.push_back({name, kTtlSeconds, host.address});
    if (records.empty())
        return nothing(NxDomain);
    return found(type, std::move(records));
}

std::vector<ClusterZone::Host> ClusterZone::headlessHosts(const api::ObjectKey& key) const
{
    const auto* service = m_services.service(key);
    const bool all = service && service->get("spec", "publishNotReadyAddresses").asBool();
    std::vector<Host> hosts;
    for (const auto& slice : m_services.slicesOf(key)) {
        if (slice.str("addressType") != "IPv4")
            continue;
        for (const auto& endpoint : slice.get("endpoints")) {
            const auto address = Ipv4::parse(endpoint.get("addresses").at(0).asString());
            const bool ready = all || endpoint.get("conditions", "ready").asBool(true);
            if (address && ready && hosts.size() < kAnswersMax)
                hosts.push_back({hostLabel(endpoint) + "." + serviceName(key), *address});
        }
    }
    std::sort(hosts.begin(), hosts.end(), [](const Host& a, const Host& b) { return std::tie(a.address, a.name) < std::tie(b.address, b.name); });
    hosts.erase(std::unique(hosts.begin(), hosts.end(), [](const Host& a, const Host& b) { return a.address == b.address && a.name == b.name; }),
        hosts.end());
    return hosts;
}

Answer ClusterZone::answerSrv(
    const std::string& name, const api::Value& service, std::string_view portName, std::string_view protocol, std::uint16_t type) const
{
    const auto key = api::ObjectMeta(service).key();
    std::vector<Record> records, hosts;
    if (!isHeadless(service)) {
        for (const auto& port : service.get("spec", "ports"))
            if (port.str("name") == portName && lowerProtocol(port) == protocol)
                records.push_back({name, kTtlSeconds, SrvData{0, 100, static_cast<std::uint16_t>(port.get("port").asInt()), serviceName(key)}});
        if (const auto address = Ipv4::parse(service.str("spec", "clusterIP")))
            hosts.push_back({serviceName(key), kTtlSeconds, *address});
    } else {
        for (const auto& slice : m_services.slicesOf(key))
            for (const auto& port : slice.get("ports"))
                if (port.str("name") == portName && lowerProtocol(port) == protocol)
                    for (const auto& endpoint : slice.get("endpoints"))
                        if (endpoint.get("conditions", "ready").asBool(true) && records.size() < kAnswersMax)
                            records.push_back({name, kTtlSeconds,
                                SrvData{0, 100, static_cast<std::uint16_t>(port.get("port").asInt()), hostLabel(endpoint) + "." + serviceName(key)}});
        for (const auto& host : headlessHosts(key))
            hosts.push_back({host.name, kTtlSeconds, host.address});
    }
    if (records.empty())
        return nothing(NxDomain);
    auto answer = found(type, std::move(records));
    if (!answer.answers.empty())
        answer.additionals = std::move(hosts);
    return answer;
}

std::optional<Answer> ClusterZone::answerReverse(const std::string& name, std::uint16_t type) const
{
    const auto labels = splitLabels(std::string_view(name).substr(0, name.size() - kReverseSuffix.size()));
    if (labels.size() != 4)
        return std::nullopt;
    const auto address = Ipv4::parse(fmt::format("{}.{}.{}.{}", labels[3], labels[2], labels[1], labels[0]));
    if (!address)
        return std::nullopt;
    std::vector<Record> records;
    for (const auto& service : m_services.servicesAt(address->toString()))
        records.push_back({name, kTtlSeconds, NameData{Ptr, serviceName(api::ObjectMeta(service).key())}});
    for (const auto& slice : m_services.slicesAt(address->toString())) {
        const auto key = ServiceCache::serviceOf(slice);
        const auto* service = m_services.service(key);
        if (!service || !isHeadless(*service))
            continue;
        for (const auto& host : headlessHosts(key))
            if (host.address == *address)
                records.push_back({name, kTtlSeconds, NameData{Ptr, host.name}});
    }
    if (records.empty())
        return std::nullopt;
    return found(type, std::move(records));
}

} // namespace kates::network::dns
