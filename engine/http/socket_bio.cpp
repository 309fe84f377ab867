#include "engine/http/socket_bio.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstdint>

namespace kates::http {

namespace {

int descriptor(BIO* bio)
{
    return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

int writeBio(BIO* bio, const char* data, int size)
{
    BIO_clear_retry_flags(bio);
    auto sent = ::send(descriptor(bio), data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR))
        BIO_set_retry_write(bio);
    return static_cast<int>(sent);
}

int readBio(BIO* bio, char* data, int size)
{
    BIO_clear_retry_flags(bio);
    auto received = ::recv(descriptor(bio), data, static_cast<std::size_t>(size), 0);
    if (received < 0 && (errno == EAGAIN || errno == EINTR))
        BIO_set_retry_read(bio);
    if (received == 0)
        BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    return static_cast<int>(received);
}

long controlBio(BIO* bio, int command, long, void*)
{
    switch (command) {
    case BIO_CTRL_FLUSH:
        return 1; // nothing is buffered here
    case BIO_CTRL_EOF:
        return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0;
    default:
        return 0;
    }
}

BIO_METHOD* socketMethod()
{
    static BIO_METHOD* method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "kates socket");
        BIO_meth_set_write(made, writeBio);
        BIO_meth_set_read(made, readBio);
        BIO_meth_set_ctrl(made, controlBio);
        return made;
    }();
    return method;
}

} // namespace

BIO* makeSocketBio(int fd)
{
    BIO* bio = BIO_new(socketMethod());
    if (!bio)
        return nullptr;
    BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(fd)));
    BIO_set_init(bio, 1);
    return bio;
}

} // namespace kates::http
