#include <algorithm>
#include <optional>

#include "engine/apiserver/admission/address_range.h"
#include "engine/apiserver/admission/allocated.h"
#include "engine/apiserver/admission/plugins.h"

namespace kates::apiserver {

namespace {

using api::ApiFailure;
using api::ApiResult;
using api::StatusCause;
using api::Value;

bool isTypeWithPorts(std::string_view type)
{
    return type == "NodePort" || type == "LoadBalancer";
}

// A port number is taken per protocol.
std::uint64_t portKey(std::string_view protocol, std::int64_t port)
{
    std::uint64_t family = protocol == "UDP" ? 1 : protocol == "SCTP" ? 2 : 0;
    return (family << 32) | static_cast<std::uint64_t>(port);
}

class ServiceAllocation : public AdmissionPlugin {
public:
    ServiceAllocation(const ResourceCaches& caches, Random& random, const ApiServerOptions& options)
        : m_caches(caches), m_random(random), m_range(AddressRange::parse(options.serviceClusterIpRange)), m_portFirst(options.nodePortFirst),
          m_portLast(options.nodePortLast)
    {
    }

    bool concerns(const ResourceRequest& request) const override
    {
        return m_range && request.kind->group.empty() && request.kind->kind == "Service" && request.subresource.empty();
    }

    Task<ApiResult<void>> admitCreate(ResourceRequest& request, Value& service) override { co_return allocate(request, service, {}); }
    ApiResult<void> admitUpdate(ResourceRequest& request, Value& service, const Value& live) override { return allocate(request, service, live); }

private:
    ApiResult<void> allocate(ResourceRequest& request, Value& service, const Value& live)
    {
        if (!service.get("spec").isObject())
            return {};
        auto self = request.ns + "/" + std::string(service.str("metadata", "name"));
        auto problem = allocateAddress(request, service, live, self);
        if (!problem)
            problem = allocatePorts(request, service, live, self);
        if (problem)
            return ApiFailure(api::invalid("", "Service", service.str("metadata", "name"), {std::move(*problem)}));
        return {};
    }

    std::set<std::uint64_t> addressesInUse(const std::string& self) const
    {
        std::set<std::uint64_t> used;
        m_caches.find("", "services")->visit({}, {}, [&](const std::string& key, const ObjectPointer& service) {
            if (key != self) {
                if (auto address = AddressRange::parseAddress(service->value().str("spec", "clusterIP")))
                    used.insert(*address);
            }
            return true;
        });
        return used;
    }

    std::set<std::uint64_t> portsInUse(const std::string& self) const
    {
        std::set<std::uint64_t> used;
        m_caches.find("", "services")->visit({}, {}, [&](const std::string& key, const ObjectPointer& service) {
            for (const auto& port : service->value().get("spec", "ports")) {
                if (key != self && port.get("nodePort").asInt() != 0)
                    used.insert(portKey(port.str("protocol"), port.get("nodePort").asInt()));
            }
            return true;
        });
        return used;
    }

    std::optional<StatusCause> allocateAddress(ResourceRequest& request, Value& service, const Value& live, const std::string& self)
    {
        auto& spec = service.edit("spec");
        if (spec.str("type") == "ExternalName") {
            // What it had goes back with the change of type.
            bool had = !live.isNull() && spec.get("clusterIP") == live.get("spec", "clusterIP");
            for (auto field : {"clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"}) {
                if (had)
                    spec.erase(field);
            }
            return std::nullopt;
        }
        auto wanted = std::string(spec.str("clusterIP"));
        if (wanted.empty() && spec.get("clusterIPs").size() > 0)
            wanted = spec.get("clusterIPs").at(0).asString();
        auto before = live.str("spec", "clusterIP");
        if (wanted.empty() && !before.empty())
            wanted = before;
        if (wanted != "None") {
            auto address = chooseAddress(wanted, wanted == before, self);
            if (!address)
                return address.error();
            request.reservations.push_back(m_addresses.hold(*address));
            wanted = AddressRange::toString(*address);
        }
        spec.set("clusterIP", wanted);
        spec.set("clusterIPs", Value::array({Value(wanted)}));
        if (spec.get("ipFamilies").size() == 0)
            spec.set("ipFamilies", Value::array({"IPv4"}));
        if (spec.str("ipFamilyPolicy").empty())
            spec.set("ipFamilyPolicy", "SingleStack");
        return std::nullopt;
    }

    tl::expected<std::uint32_t, StatusCause> chooseAddress(const std::string& wanted, bool owned, const std::string& self) const
    {
        auto refuse = [&](const std::string& why) {
            return tl::unexpected(StatusCause{
                "FieldValueInvalid", "Invalid value: [\"" + wanted + "\"]: failed to allocate IP " + wanted + ": " + why, "spec.clusterIPs"});
        };
        auto used = addressesInUse(self);
        auto taken = [&](std::uint32_t address) { return used.contains(address) || m_addresses.holds(address); };
        if (!wanted.empty()) {
            auto address = AddressRange::parseAddress(wanted);
            if (!address || !m_range->contains(*address))
                return refuse("the provided IP (" + wanted + ") is not in the valid range. The range of valid IPs is " + m_range->toString());
            if (!owned && taken(*address))
                return refuse("provided IP is already allocated");
            return *address;
        }
        // The lower part is left for addresses that people choose.
        auto size = m_range->end() - m_range->begin();
        auto reserved = std::min(std::clamp<std::uint32_t>(size / 16, 16, 256), size / 2);
        auto dynamic = size - reserved;
        auto offset = static_cast<std::uint32_t>(m_random.below(dynamic));
        for (std::uint32_t i = 0; i < size; ++i) {
            auto address = m_range->begin() + (i < dynamic ? reserved + (offset + i) % dynamic : i - dynamic);
            if (!taken(address))
                return address;
        }
        return refuse("range is full");
    }

    std::optional<StatusCause> allocatePorts(ResourceRequest& request, Value& service, const Value& live, const std::string& self)
    {
        auto type = service.str("spec", "type");
        bool without = type == "LoadBalancer" && service.get("spec", "allocateLoadBalancerNodePorts") == Value(false);
        if (!isTypeWithPorts(type) || without) {
            dropPorts(service, live);
            return std::nullopt;
        }
        auto used = portsInUse(self);
        std::set<std::uint64_t> own;
        for (std::size_t i = 0; i < service.get("spec", "ports").size(); ++i) {
            auto port = service.get("spec", "ports").at(i);
            auto number = choosePort(port, live, used, own, i);
            if (!number)
                return number.error();
            auto key = portKey(port.str("protocol"), *number);
            own.insert(key);
            request.reservations.push_back(m_ports.hold(key));
            if (port.get("nodePort").asInt() != *number)
                service.edit("spec", "ports").editAt(i).set("nodePort", *number);
        }
        return std::nullopt;
    }

    static std::int64_t portBefore(const Value& port, const Value& live)
    {
        for (const auto& old : live.get("spec", "ports")) {
            bool same = portKey(old.str("protocol"), old.get("port").asInt()) == portKey(port.str("protocol"), port.get("port").asInt());
            if (same)
                return old.get("nodePort").asInt();
        }
        return 0;
    }

    tl::expected<std::int64_t, StatusCause> choosePort(
        const Value& port, const Value& live, const std::set<std::uint64_t>& used, const std::set<std::uint64_t>& own, std::size_t index) const
    {
        auto protocol = port.str("protocol");
        auto before = portBefore(port, live);
        auto wanted = port.get("nodePort").asInt() != 0 ? port.get("nodePort").asInt() : before;
        auto taken = [&](std::int64_t number) {
            auto key = portKey(protocol, number);
            return used.contains(key) || own.contains(key) || m_ports.holds(key);
        };
        auto refuse = [&](const std::string& why) {
            auto field = "spec.ports[" + std::to_string(index) + "].nodePort";
            return tl::unexpected(StatusCause{"FieldValueInvalid", "Invalid value: " + std::to_string(wanted) + ": " + why, field});
        };
        if (wanted != 0) {
            if (wanted < m_portFirst || wanted > m_portLast)
                return refuse("provided port is not in the valid range. The range of valid ports is " + std::to_string(m_portFirst) + "-"
                    + std::to_string(m_portLast));
            if (wanted != before && taken(wanted))
                return refuse("provided port is already allocated");
            return wanted;
        }
        auto size = m_portLast - m_portFirst + 1;
        auto offset = static_cast<int>(m_random.below(static_cast<std::uint64_t>(size)));
        for (int i = 0; i < size; ++i) {
            auto number = m_portFirst + (offset + i) % size;
            if (!taken(number))
                return number;
        }
        return refuse("range is full");
    }

    // A service that is no longer reachable by node ports gives back those that it had; others are the client's mistake, for validation to name.
    static void dropPorts(Value& service, const Value& live)
    {
        for (std::size_t i = 0; i < service.get("spec", "ports").size(); ++i) {
            const auto& port = service.get("spec", "ports").at(i);
            auto number = port.get("nodePort").asInt();
            if (number != 0 && number == portBefore(port, live))
                service.edit("spec", "ports").editAt(i).erase("nodePort");
        }
    }

    const ResourceCaches& m_caches;
    Random& m_random;
    std::optional<AddressRange> m_range;
    int m_portFirst, m_portLast;
    Reservations m_addresses, m_ports;
};

} // namespace

std::unique_ptr<AdmissionPlugin> makeServiceAllocation(const ResourceCaches& caches, Random& random, const ApiServerOptions& options)
{
    return std::make_unique<ServiceAllocation>(caches, random, options);
}

} // namespace kates::apiserver
