#include "engine/cluster/machine_config.h"

#include "engine/api/json.h"
#include "engine/base/files.h"
#include "engine/network/link/ipv4.h"

namespace kates::cluster {

namespace {

constexpr std::size_t kConfigMaxBytes = 64 << 10;

// Calls visit(key, member) for every field: reading and writing can't disagree.
template <typename Config, typename Visit>
void eachText(Config& config, Visit visit)
{
    visit("cluster", config.cluster);
    visit("machine", config.machine);
    visit("role", config.role);
    visit("certificate", config.certificate);
    visit("serverAddress", config.serverAddress);
    visit("runtime", config.runtime);
    visit("podCIDR", config.networking.podCidr);
    visit("serviceCIDR", config.networking.serviceCidr);
    visit("clusterDomain", config.networking.clusterDomain);
    visit("fabricCIDR", config.networking.fabricCidr);
}

template <typename Config, typename Visit>
void eachPath(Config& config, Visit visit)
{
    visit("directory", config.directory);
    visit("runDirectory", config.runDirectory);
    visit("images", config.images);
    visit("pki", config.pki);
}

template <typename Config, typename Visit>
void eachNumber(Config& config, Visit visit)
{
    visit("index", config.index);
    visit("simulatedNodes", config.simulatedNodes);
    visit("serverPort", config.serverPort);
}

} // namespace

std::string Networking::serviceAddress(std::uint32_t n) const
{
    auto range = network::Ipv4Prefix::parse(serviceCidr);
    return range && range->size() > n ? range->at(n).toString() : std::string();
}

Result<MachineConfig> MachineConfig::read(const std::filesystem::path& file)
{
    auto text = readFile(file, kConfigMaxBytes);
    if (!text)
        return tl::unexpected(text.error());
    auto value = api::parseJson(*text);
    if (!value || !value->isObject())
        return failure("the machine configuration " + file.string() + " is not a JSON object" + (value ? "" : ": " + value.error().message));
    MachineConfig config;
    eachText(config, [&](const char* key, std::string& member) { member = value->get(key).asString(member); });
    eachPath(config, [&](const char* key, std::filesystem::path& member) { member = std::string(value->str(key)); });
    eachNumber(config, [&](const char* key, int& member) { member = static_cast<int>(value->get(key).asInt(member)); });
    return config;
}

Result<void> MachineConfig::write(const std::filesystem::path& file) const
{
    api::Value value = api::Value::object();
    eachText(*this, [&](const char* key, const std::string& member) { value.set(key, member); });
    eachPath(*this, [&](const char* key, const std::filesystem::path& member) { value.set(key, member.string()); });
    eachNumber(*this, [&](const char* key, int member) { value.set(key, member); });
    return writeFileAtomically(file, api::toPrettyJson(value), 0600);
}

} // namespace kates::cluster
