#include "engine/runtime/image/unpack/tar_stream.h"

#include <archive_entry.h>
#include <clocale>

namespace kates::runtime {

namespace {
constexpr std::size_t kBlockSizeBytes = 256u << 10;
}

std::string archiveProblem(archive* handle)
{
    const char* text = archive_error_string(handle);
    return text ? text : "unknown error";
}

Utf8Locale::Utf8Locale() : m_locale(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), m_before(::uselocale(m_locale ? m_locale : nullptr)) {}

Utf8Locale::~Utf8Locale()
{
    ::uselocale(m_before);
    if (m_locale)
        ::freelocale(m_locale);
}

TarStream::TarStream(int blob, std::int64_t bytesMax)
    : m_raw(archive_read_new()), m_tar(archive_read_new()), m_blob(blob), m_bytesMax(bytesMax)
{
    archive_read_support_filter_gzip(m_raw.get());
    archive_read_support_filter_zstd(m_raw.get());
    archive_read_support_format_raw(m_raw.get());
    archive_read_support_format_tar(m_tar.get());
}

Result<void> TarStream::open()
{
    archive_entry* entry = nullptr;
    if (archive_read_open_fd(m_raw.get(), m_blob, kBlockSizeBytes) != ARCHIVE_OK || archive_read_next_header(m_raw.get(), &entry) != ARCHIVE_OK)
        return failure("the layer cannot be decompressed: " + archiveProblem(m_raw.get()));
    auto read = [](archive*, void* self, const void** buffer) { return static_cast<TarStream*>(self)->readSome(buffer); };
    if (archive_read_open(m_tar.get(), this, nullptr, read, nullptr) != ARCHIVE_OK)
        return failure("the layer is not a tar: " + problem());
    return {};
}

la_ssize_t TarStream::readSome(const void** buffer)
{
    std::size_t size = 0;
    la_int64_t offset = 0;
    // A block may be empty in the middle of the stream; an empty answer to the tar reader means its end.
    while (!m_ended && size == 0) {
        const int status = archive_read_data_block(m_raw.get(), buffer, &size, &offset);
        if (status == ARCHIVE_EOF) {
            m_ended = true;
            return 0;
        }
        if (status < ARCHIVE_WARN) {
            m_problem = "it cannot be decompressed: " + archiveProblem(m_raw.get());
            archive_set_error(m_tar.get(), EIO, "%s", m_problem.c_str());
            return -1;
        }
    }
    if (m_ended)
        return 0;
    m_bytes += static_cast<std::int64_t>(size);
    if (m_bytes > m_bytesMax) {
        m_problem = "it unpacks to more than " + std::to_string(m_bytesMax) + " bytes";
        archive_set_error(m_tar.get(), EFBIG, "%s", m_problem.c_str());
        return -1;
    }
    m_sum.update({static_cast<const char*>(*buffer), size});
    return static_cast<la_ssize_t>(size);
}

Result<Digest> TarStream::finish()
{
    const void* buffer = nullptr;
    la_ssize_t size = 0;
    while ((size = readSome(&buffer)) > 0) { }
    if (size < 0)
        return failure(m_problem);
    return m_sum.finish();
}

std::string TarStream::problem() const
{
    return m_problem.empty() ? archiveProblem(m_tar.get()) : m_problem;
}

} // namespace kates::runtime
