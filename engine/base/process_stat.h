// /proc/<pid>/stat, field by field: proc_pid_stat(5).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kates {

class ProcessStat {
public:
    // Fields by their numbers in the manual page.
    static constexpr int kState = 3, kParent = 4, kUserTime = 14, kSystemTime = 15, kChildrenUserTime = 16, kChildrenSystemTime = 17, kStartTime = 22,
                         kResidentPages = 24, kArgumentsStart = 48, kArgumentsEnd = 49;

    // `process`: /proc/<pid> or /proc/self. Nothing: it has ended (and nobody can wait for it any more), or that is no stat file.
    static std::optional<ProcessStat> read(const std::filesystem::path& process);
    static std::optional<ProcessStat> of(int pid);

    std::string_view name() const;
    std::string_view field(int number) const; // from the third on; "" where there is none
    std::optional<std::uint64_t> number(int field) const; // nothing: no number that is not negative
    bool hasEnded() const; // a zombie, or dead

private:
    explicit ProcessStat(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

} // namespace kates
