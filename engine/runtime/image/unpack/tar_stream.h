// A compressed tar as libarchive reads it, hashed while it passes by.
#pragma once

#include <archive.h>
#include <memory>
#include <string>

#include "engine/runtime/image/digest.h"

namespace kates::runtime {

struct ArchiveReadDeleter {
    void operator()(archive* handle) const { archive_read_free(handle); }
};
using ArchiveReader = std::unique_ptr<archive, ArchiveReadDeleter>;

[[nodiscard]] std::string archiveProblem(archive* handle);

// While one of these lives, this thread's locale is UTF-8: without it libarchive cannot give out names that are not ASCII.
class Utf8Locale {
public:
    Utf8Locale();
    ~Utf8Locale();
    Utf8Locale(const Utf8Locale&) = delete;

private:
    locale_t m_locale, m_before;
};

class TarStream {
public:
    // Reads from the descriptor, which stays the caller's; gives out at most bytesMax uncompressed bytes.
    TarStream(int blob, std::int64_t bytesMax);
    [[nodiscard]] Result<void> open();
    archive* tar() const { return m_tar.get(); }
    // After the last entry: the rest of the stream, then the digest of all that was in it.
    [[nodiscard]] Result<Digest> finish();
    // Why reading failed, when the cause is below the tar.
    std::string problem() const;

private:
    la_ssize_t readSome(const void** buffer);
    ArchiveReader m_raw, m_tar;
    int m_blob;
    std::int64_t m_bytes = 0, m_bytesMax;
    bool m_ended = false;
    std::string m_problem;
    Sha256 m_sum;
};

} // namespace kates::runtime
