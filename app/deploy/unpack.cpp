#include "app/deploy/unpack.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <memory>

#include "app/base/text.h"

namespace kates::app {

namespace {

constexpr int kLeftOutMax = 20;

QString words(const char* text) { return QCoreApplication::translate("Archive", text); }

struct Close {
    void operator()(struct archive* reader) const { archive_read_free(reader); }
};

class Unpacker {
public:
    Unpacker(const QString& folder)
        : m_folder(folder)
    {
    }

    Result<Unpacked> unpack(const QString& path)
    {
        const std::unique_ptr<struct archive, Close> reader(archive_read_new());
        for (const auto support : { archive_read_support_filter_gzip, archive_read_support_filter_bzip2, archive_read_support_filter_xz,
                 archive_read_support_filter_zstd, archive_read_support_format_tar, archive_read_support_format_zip })
            support(reader.get());
        if (archive_read_open_filename(reader.get(), QFile::encodeName(path).constData(), 1 << 16) != ARCHIVE_OK)
            return bad(reader.get());
        struct archive_entry* entry = nullptr;
        int status = ARCHIVE_OK;
        while ((status = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK || status == ARCHIVE_WARN) {
            if (auto taken = take(reader.get(), entry); !taken)
                return tl::unexpected(taken.error());
        }
        return status == ARCHIVE_EOF ? Result<Unpacked>(m_unpacked) : bad(reader.get());
    }

private:
    tl::unexpected<Error> bad(struct archive* reader)
    {
        const char* why = archive_error_string(reader);
        return failure(toStd(words(QT_TRANSLATE_NOOP("Archive", "The archive cannot be read: %1")).arg(displayText(why ? why : "", 300))));
    }

    void leaveOut(const QString& name, const QString& why)
    {
        if (m_unpacked.leftOut.size() < kLeftOutMax)
            m_unpacked.leftOut.append(words(QT_TRANSLATE_NOOP("Archive", "%1 was left out: %2")).arg(displayText(toStd(name), 200), why));
    }

    Result<void> take(struct archive* reader, struct archive_entry* entry)
    {
        const char* raw = archive_entry_pathname(entry);
        const QString name = QString::fromUtf8(raw ? raw : "");
        const QString clean = QDir::cleanPath(name);
        if (archive_entry_filetype(entry) == AE_IFDIR)
            return {};
        if (name.isEmpty() || clean.startsWith(u'/') || clean == QLatin1String("..") || clean.startsWith(QLatin1String("../")) || clean.contains(u'\\')) {
            leaveOut(name, words(QT_TRANSLATE_NOOP("Archive", "its path leads out of the archive.")));
            return {};
        }
        if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry)) {
            leaveOut(name, words(QT_TRANSLATE_NOOP("Archive", "it is not a plain file.")));
            return {};
        }
        if (++m_unpacked.files > kArchiveFilesMax)
            return failure(toStd(words(QT_TRANSLATE_NOOP("Archive", "There are more than 5,000 files in this archive."))));
        const QString path = m_folder + u'/' + clean;
        QFile file(path);
        if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly)) {
            leaveOut(name, file.errorString());
            return {};
        }
        return copy(reader, file);
    }

    Result<void> copy(struct archive* reader, QFile& file)
    {
        std::array<char, 1 << 16> block;
        for (;;) {
            const la_ssize_t size = archive_read_data(reader, block.data(), block.size());
            if (size < 0)
                return bad(reader);
            if (size == 0)
                return {};
            m_bytes += size;
            if (m_bytes > kArchiveBytesMax)
                return failure(toStd(words(QT_TRANSLATE_NOOP("Archive", "This archive holds more than 64 MB."))));
            if (file.write(block.data(), size) != size)
                return failure(toStd(file.errorString()));
        }
    }

    const QString m_folder;
    Unpacked m_unpacked;
    qint64 m_bytes = 0;
};

} // namespace

bool looksLikeArchive(const QString& path)
{
    for (const char* suffix : { ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar.zst", ".zip" }) {
        if (path.endsWith(QLatin1String(suffix), Qt::CaseInsensitive))
            return true;
    }
    return false;
}

Result<Unpacked> unpackArchive(const QString& path, const QString& folder) { return Unpacker(folder).unpack(path); }

} // namespace kates::app
