// What the cluster's DNS zone says about a name, read from the Services and EndpointSlices as they are now (no table of records is kept).
// Source: the Kubernetes DNS specification 1.1.0 (github.com/kubernetes/dns, docs/specification.md). IPv4 only.
//
//   <service>.<ns>.svc.<zone>                     A: cluster IP, or every ready endpoint of a headless service; CNAME for ExternalName
//   <host>.<service>.<ns>.svc.<zone>              A: that endpoint of a headless service; <host> is its hostname, or its address with dashes
//   _<port>._<protocol>.<service>.<ns>.svc.<zone> SRV
//   a-b-c-d.<ns>.pod.<zone>                       A: a.b.c.d
//   dns-version.<zone>                            TXT
//   d.c.b.a.in-addr.arpa                          PTR for cluster IPs and for endpoints of headless services
#pragma once

#include "engine/network/dns/message.h"
#include "engine/network/service_cache.h"

namespace kates::network::dns {

class ClusterZone {
public:
    // `services` must outlive this object. `domain` is "cluster.local".
    ClusterZone(const ServiceCache& services, std::string domain) : m_services(services), m_domain(std::move(domain)) {}

    // nullopt: not a name of this zone; somebody else has to be asked.
    [[nodiscard]] std::optional<Answer> answer(const std::string& name, std::uint16_t type) const;

private:
    struct Host {
        std::string name; // full
        Ipv4 address;
    };
    std::optional<Answer> answerReverse(const std::string& name, std::uint16_t type) const;
    Answer answerZone(const std::string& name, const std::vector<std::string_view>& labels, std::uint16_t type) const;
    Answer answerService(const std::string& name, const std::vector<std::string_view>& labels, std::uint16_t type) const;
    Answer answerSrv(const std::string& name, const api::Value& service, std::string_view port, std::string_view protocol, std::uint16_t type) const;
    std::vector<Host> headlessHosts(const api::ObjectKey& service) const;
    std::string serviceName(const api::ObjectKey& service) const;

    // The records, or, when there are none of that type, the zone's SOA.
    Answer found(std::uint16_t type, std::vector<Record> records) const;
    Answer nothing(Rcode code) const;

    const ServiceCache& m_services;
    std::string m_domain;
};

} // namespace kates::network::dns
