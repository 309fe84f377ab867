// A two-node cluster's links for end-to-end tests, in real namespaces under one run directory.
#pragma once

#include "engine/network/link/fabric.h"
#include "engine/network/link/pod_link.h"
#include "tests/support/namespace_sockets.h"

namespace kates::test {

const network::Ipv4Prefix kFabricSubnet = *network::Ipv4Prefix::parse("172.30.7.0/24");

// Runs blocking work as runOnThread() does; gives the error's text, or nothing.
inline std::string onThread(const std::function<Result<void>()>& work)
{
    return inNamespace("", [&] {
        auto done = work();
        return done ? std::string() : done.error().message;
    });
}

struct TestNode {
    network::FabricPaths fabric;
    network::NodePaths paths;
    network::Ipv4 address;
    network::Ipv4Prefix pods;

    TestNode(const std::filesystem::path& run, std::uint32_t index, const std::string& podSubnet)
        : fabric(run)
        , paths(fabric, "node-" + std::to_string(index))
        , address(*network::nodeAddress(kFabricSubnet, index))
        , pods(*network::Ipv4Prefix::parse(podSubnet))
    {
    }
    std::string bringUp(const TestNode& other)
    {
        for (auto step : std::vector<std::function<Result<void>()>>{
                 [&] { return ensureFabric(fabric, kFabricSubnet); },
                 [&] { return ensureNode(fabric, paths, {address, kFabricSubnet, {*network::Ipv4::parse("10.96.0.10")}}); },
                 [&] { return ensureGateway(paths, pods.at(1)); },
                 [&] { return syncPodSubnetRoutes(paths, {{other.pods, other.address}}); },
             })
            if (auto failed = onThread(step); !failed.empty())
                return failed;
        return {};
    }
    std::string attach(const std::string& uid, std::uint32_t offset)
    {
        return onThread([&] { return ensurePodLink(paths, {uid, pods.at(offset), pods.at(1)}); });
    }
    std::string pod(const std::string& uid) const { return (paths.pods / uid).string(); }
};

} // namespace kates::test
