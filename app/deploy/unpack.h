// Unpacks an archive that is not trusted into a folder of ours: bounded, and never outside of it. Blocks; not for the GUI thread.
#pragma once

#include <QString>
#include <QStringList>

#include "engine/base/result.h"

namespace kates::app {

inline constexpr int kArchiveFilesMax = 5000;
inline constexpr qint64 kArchiveBytesMax = 64 << 20; // unpacked

// tar (plain or by gzip, bzip2, xz, zstd) and zip.
[[nodiscard]] bool looksLikeArchive(const QString& path); // by its name

struct Unpacked {
    int files = 0;
    QStringList leftOut; // sentences about entries that were not unpacked: links, devices, paths that lead out of the archive
};

// Only regular files and folders are made. The error is a sentence; what was unpacked until then stays.
[[nodiscard]] Result<Unpacked> unpackArchive(const QString& path, const QString& folder);

} // namespace kates::app
