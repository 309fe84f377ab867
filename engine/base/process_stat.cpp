#include "engine/base/process_stat.h"

#include <algorithm>
#include <charconv>

#include "engine/base/files.h"

namespace kates {

namespace {
constexpr std::size_t kStatMaxBytes = 4096;
} // namespace

std::optional<ProcessStat> ProcessStat::read(const std::filesystem::path& process)
{
    auto text = readFile(process / "stat", kStatMaxBytes);
    if (!text || text->find('(') == std::string::npos || text->rfind(')') == std::string::npos)
        return std::nullopt;
    return ProcessStat(std::move(*text));
}

std::optional<ProcessStat> ProcessStat::of(int pid)
{
    return read("/proc/" + std::to_string(pid));
}

std::string_view ProcessStat::name() const
{
    // It may hold anything, brackets too: it ends at the last one.
    const auto open = m_text.find('('), close = m_text.rfind(')');
    return std::string_view(m_text).substr(open + 1, close - open - 1);
}

std::string_view ProcessStat::field(int number) const
{
    std::string_view rest(m_text);
    rest.remove_prefix(std::min(rest.rfind(')') + 2, rest.size()));
    for (int at = kState; at < number && !rest.empty(); ++at)
        rest.remove_prefix(std::min(std::min(rest.find(' '), rest.size()) + 1, rest.size()));
    return rest.substr(0, rest.find_first_of(" \n"));
}

std::optional<std::uint64_t> ProcessStat::number(int field) const
{
    const std::string_view text = this->field(field);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && !text.empty() ? std::optional(value) : std::nullopt;
}

bool ProcessStat::hasEnded() const
{
    return field(kState) == "Z" || field(kState) == "X";
}

} // namespace kates
