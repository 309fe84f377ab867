#include "engine/network/dns/resolv_conf.h"

#include "engine/base/files.h"

namespace kates::network::dns {

namespace {

constexpr std::size_t kFileMaxBytes = 64u << 10;

std::string_view nextWord(std::string_view& line)
{
    const auto start = std::min(line.find_first_not_of(" \t"), line.size());
    const auto end = std::min(line.find_first_of(" \t", start), line.size());
    const auto word = line.substr(start, end - start);
    line.remove_prefix(end);
    return word;
}

} // namespace

std::vector<Ipv4> parseNameservers(std::string_view text)
{
    std::vector<Ipv4> servers;
    while (!text.empty() && servers.size() < kNameserversMax) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (nextWord(line) != "nameserver")
            continue;
        if (const auto address = Ipv4::parse(nextWord(line)))
            servers.push_back(*address);
    }
    return servers;
}

const std::vector<Ipv4>& HostResolvers::get()
{
    std::error_code error;
    const auto changed = std::filesystem::last_write_time(m_file, error);
    if (error) {
        m_servers.clear();
        m_changed = std::filesystem::file_time_type::min();
    } else if (changed != m_changed) {
        m_changed = changed;
        m_servers = parseNameservers(readFile(m_file, kFileMaxBytes).value_or(""));
    }
    return m_servers;
}

} // namespace kates::network::dns
