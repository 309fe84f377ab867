#include "engine/http/openssl.h"

#include <openssl/err.h>

namespace kates::http {

tl::unexpected<Error> opensslFailure(std::string_view what)
{
    unsigned long code = ERR_get_error();
    const char* reason = code ? ERR_reason_error_string(code) : nullptr;
    ERR_clear_error();
    return failure(std::string(what) + ": " + (reason ? reason : "OpenSSL gave no reason"));
}

BioPtr readOnlyBio(std::string_view text)
{
    return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string bioText(BIO* bio)
{
    char* data = nullptr;
    long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

} // namespace kates::http
