#include "engine/kubelet/server/log_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/base/time.h"

namespace kates::kubelet {

namespace {
constexpr std::size_t kLineMaxBytes = 1u << 20; // conmon writes at most 8 KiB a line; more than this is no log line
constexpr std::int64_t kBlockBytes = 64 << 10;
} // namespace

std::string LogFormatter::feed(std::string_view bytes)
{
    std::string out;
    while (!bytes.empty() && !limitReached()) {
        const auto end = bytes.find('\n');
        if (end == std::string_view::npos) {
            m_partial += bytes;
            if (m_partial.size() > kLineMaxBytes)
                m_partial.clear();
            break;
        }
        if (m_partial.empty()) {
            line(bytes.substr(0, end), out);
        } else {
            m_partial += bytes.substr(0, end);
            line(m_partial, out);
            m_partial.clear();
        }
        bytes.remove_prefix(end + 1);
    }
    return out;
}

void LogFormatter::line(std::string_view text, std::string& out)
{
    const auto first = text.find(' ');
    const auto second = first == std::string_view::npos ? first : text.find(' ', first + 1);
    if (second == std::string_view::npos || second + 2 > text.size())
        return; // a torn line after a crash
    const std::string_view time = text.substr(0, first), stream = text.substr(first + 1, second - first - 1);
    const char tag = text[second + 1];
    std::string_view content = text.substr(std::min(second + 3, text.size()));
    if ((m_options.stream == "Stdout" && stream != "stdout") || (m_options.stream == "Stderr" && stream != "stderr"))
        return;
    if (m_options.since) {
        auto at = parseTime(time);
        if (!at || *at < *m_options.since)
            return;
    }
    std::string shown;
    if (m_options.timestamps && !m_midLine)
        shown = std::string(time) + " ";
    shown += content;
    m_midLine = tag == 'P';
    if (!m_midLine)
        shown += '\n';
    if (m_options.limitBytes && m_written + static_cast<std::int64_t>(shown.size()) > *m_options.limitBytes)
        shown.resize(static_cast<std::size_t>(*m_options.limitBytes - m_written));
    m_written += static_cast<std::int64_t>(shown.size());
    out += shown;
}

std::string readTail(const std::string& path, std::size_t sizeMaxBytes)
{
    OwnedFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    const off_t size = fd ? ::lseek(fd.get(), 0, SEEK_END) : 0;
    if (size <= 0)
        return {};
    std::string text(std::min(static_cast<std::size_t>(size), sizeMaxBytes), '\0');
    const ssize_t got = ::pread(fd.get(), text.data(), text.size(), size - static_cast<off_t>(text.size()));
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return text;
}

std::string logTail(const std::string& path, std::size_t sizeMaxBytes)
{
    // Time stamp, stream and tag take about 45 bytes a line.
    std::string text = LogFormatter({}).feed(readTail(path, sizeMaxBytes * 4));
    return text.size() > sizeMaxBytes ? text.substr(text.size() - sizeMaxBytes) : text;
}

Result<std::int64_t> tailOffset(int fd, std::int64_t lines)
{
    struct stat information { };
    if (::fstat(fd, &information) != 0)
        return systemFailure("read the log");
    std::int64_t end = information.st_size;
    if (lines <= 0)
        return end;
    std::int64_t found = 0;
    std::string block(static_cast<std::size_t>(kBlockBytes), '\0');
    for (std::int64_t blockEnd = end; blockEnd > 0;) {
        const std::int64_t start = std::max<std::int64_t>(0, blockEnd - kBlockBytes);
        const ssize_t got = ::pread(fd, block.data(), static_cast<std::size_t>(blockEnd - start), start);
        if (got < 0)
            return systemFailure("read the log");
        for (std::int64_t i = got - 1; i >= 0; --i) {
            if (block[static_cast<std::size_t>(i)] != '\n' || start + i + 1 == end)
                continue;
            if (++found == lines)
                return start + i + 1;
        }
        blockEnd = start;
    }
    return 0;
}

} // namespace kates::kubelet
