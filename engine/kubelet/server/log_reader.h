// Reads container logs in CRI format ("2026-11-24T19:42:22.123456789Z stdout F text") the way kubectl logs asks for them. Pure but for the file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/loop.h"
#include "engine/base/result.h"

namespace kates::kubelet {

struct LogOptions {
    bool follow = false, timestamps = false, previous = false;
    std::optional<std::int64_t> tailLines;
    std::optional<std::int64_t> limitBytes;
    std::optional<WallTime> since;
    std::string stream; // "", "Stdout" or "Stderr"
};

// Turns stored lines into what the user sees. Keeps the tail of an unfinished line between calls.
class LogFormatter {
public:
    explicit LogFormatter(LogOptions options) : m_options(std::move(options)) {}
    // Feeds bytes of the file; gives the text for them.
    std::string feed(std::string_view bytes);
    bool limitReached() const { return m_options.limitBytes && m_written >= *m_options.limitBytes; }

private:
    void line(std::string_view text, std::string& out);
    LogOptions m_options;
    std::string m_partial;
    bool m_midLine = false; // the last piece was partial (P): no time stamp before the next
    std::int64_t m_written = 0;
};

// The last bytes of a file, at most `sizeMaxBytes`; empty when it can't be read.
[[nodiscard]] std::string readTail(const std::string& path, std::size_t sizeMaxBytes);
// The same of a container's log, as text.
[[nodiscard]] std::string logTail(const std::string& path, std::size_t sizeMaxBytes);

// The offset at which the last `lines` full lines begin.
[[nodiscard]] Result<std::int64_t> tailOffset(int fd, std::int64_t lines);

} // namespace kates::kubelet
