// What the engine tells a master or node process: <machine>/config.json. Secrets are paths, not values.
#pragma once

#include <filesystem>
#include <string>

#include "engine/api/value.h"
#include "engine/base/result.h"

namespace kates::cluster {

struct Networking {
    std::string podCidr = "10.244.0.0/16";
    std::string serviceCidr = "10.96.0.0/16";
    std::string clusterDomain = "cluster.local";
    std::string fabricCidr = "172.30.0.0/24"; // the nodes' own addresses

    // The n-th address of the service range, as upstream hands them out: 1 is the kubernetes Service, 10 is DNS. Empty for a range that is none.
    std::string serviceAddress(std::uint32_t n) const;
};

constexpr std::uint32_t kKubernetesService = 1, kDnsService = 10;

struct MachineConfig {
    std::string cluster, machine; // "demo", "master-0"
    std::string role;             // Master, Node, SimulatedNodes
    int index = 0;                // of the node in its cluster, from 1
    int simulatedNodes = 0;
    std::filesystem::path directory;    // what the machine keeps
    std::filesystem::path runDirectory; // what is gone after a reboot; shared by the cluster's nodes
    std::filesystem::path images;       // the content store
    std::filesystem::path pki;          // the cluster's PKI
    std::string certificate;            // the name of this machine's own pair there
    std::string serverAddress = "127.0.0.1";
    int serverPort = 0;
    std::string runtime = "Auto";
    Networking networking;

    [[nodiscard]] static Result<MachineConfig> read(const std::filesystem::path& file);
    [[nodiscard]] Result<void> write(const std::filesystem::path& file) const;
};

} // namespace kates::cluster
