#include <charconv>

#include <fmt/format.h>

#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

constexpr std::size_t kNameMax = 40;       // it becomes part of machine, network and cgroup names
constexpr std::int64_t kMastersMax = 1;    // until there is the etcd store
constexpr int kPodPrefixMax = 22;          // room for several nodes of 254 pods
constexpr int kServicePrefixMax = 28;

// An IPv4 network in CIDR form, as its first address and prefix length.
struct Network {
    std::uint32_t first = 0;
    int prefix = 0;
};

std::optional<Network> parseNetwork(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos || !isIpv4(text.substr(0, slash)))
        return {};
    Network network;
    const auto readNumber = [&](std::string_view digits, int& number) {
        const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        return problem == std::errc() && end == digits.data() + digits.size();
    };
    if (!readNumber(text.substr(slash + 1), network.prefix) || network.prefix < 1 || network.prefix > 32)
        return {};
    std::string_view rest = text.substr(0, slash);
    for (int octet = 0; octet < 4; ++octet) {
        const std::size_t dot = std::min(rest.find('.'), rest.size());
        int number = 0;
        if (!readNumber(rest.substr(0, dot), number))
            return {};
        network.first = network.first << 8 | static_cast<std::uint32_t>(number);
        rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
    return network;
}

bool overlap(const Network& left, const Network& right)
{
    const int shift = 32 - std::min(left.prefix, right.prefix);
    return (left.first >> shift) == (right.first >> shift);
}

std::optional<Network> requireNetwork(const FieldPath& path, const Value& cidr, int prefixMax, FieldErrors& errors)
{
    const auto network = parseNetwork(cidr.asString());
    if (!network)
        errors.invalid(path, cidr, "must be an IPv4 network (e.g. 10.244.0.0/16)");
    else if (network->prefix < 32 && (network->first << network->prefix) != 0)
        errors.invalid(path, cidr, "must be the first address of the network");
    else if (network->prefix > prefixMax)
        errors.invalid(path, cidr, fmt::format("is too small: the prefix must be at most /{}", prefixMax));
    return network;
}

void validateNetworking(const FieldPath& path, const Value& networking, FieldErrors& errors)
{
    const auto pods = requireNetwork(path.child("podCIDR"), networking.get("podCIDR"), kPodPrefixMax, errors);
    const auto services = requireNetwork(path.child("serviceCIDR"), networking.get("serviceCIDR"), kServicePrefixMax, errors);
    if (pods && services && overlap(*pods, *services))
        errors.invalid(path.child("serviceCIDR"), networking.get("serviceCIDR"), "must not overlap podCIDR");
    requireName(path.child("clusterDomain"), networking.str("clusterDomain"), api::dns1123SubdomainProblem, errors);
}

class ClusterStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& cluster) const override { cluster.set("status", Value::object({{"phase", "Pending"}})); }

    void validate(const StrategyContext& context, const Value& cluster, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath path("spec");
        const Value& spec = cluster.get("spec");
        if (spec.get("masters").asInt() > kMastersMax) {
            errors.causes().push_back({"FieldValueNotSupported",
                fmt::format("Unsupported value: {}: several masters need the etcd store, which this version does not have yet: "
                            "supported values: \"1\"",
                    spec.get("masters").asInt()),
                "spec.masters"});
        }
        const FieldPath networking = path.child("networking");
        validateNetworking(networking, spec.get("networking"), errors);
    }

    // What running processes were started with stays while they run, and what is stored depends on.
    void validateUpdate(const StrategyContext&, const Value& cluster, const Value& old, FieldErrors& errors) const override
    {
        const FieldPath path("spec");
        requireUnchanged(path.child("networking"), cluster.get("spec", "networking"), old.get("spec", "networking"), errors);
        if (!old.str("spec", "kubernetesVersion").empty())
            requireUnchanged(path.child("kubernetesVersion"), cluster.get("spec", "kubernetesVersion"), old.get("spec", "kubernetesVersion"), errors);
    }

    api::NameProblem nameProblem(std::string_view name) const override
    {
        if (name.size() > kNameMax)
            return fmt::format("must be no more than {} characters", kNameMax);
        return api::dns1123LabelProblem(name);
    }
};

} // namespace

const Strategy& clusterStrategy()
{
    static const ClusterStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
