#include "engine/base/result.h"

#include <cerrno>
#include <cstring>

namespace kates {

tl::unexpected<Error> systemFailure(std::string_view what)
{
    return systemFailure(what, errno);
}

tl::unexpected<Error> systemFailure(std::string_view what, int systemError)
{
    return tl::unexpected(Error{std::string(what) + ": " + std::strerror(systemError), systemError});
}

tl::unexpected<Error> failure(std::string message)
{
    return tl::unexpected(Error{std::move(message), 0});
}

} // namespace kates
