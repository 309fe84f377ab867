// OpenSSL over a socket with send(MSG_NOSIGNAL): OpenSSL's own BIO would raise SIGPIPE. Inside engine/http only.
#pragma once

#include <openssl/bio.h>

namespace kates::http {

// The descriptor stays the caller's.
BIO* makeSocketBio(int fd);

} // namespace kates::http
