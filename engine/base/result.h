// Errors that somebody outside can cause travel as values; what only we can cause is asserted.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace kates {

// An error of the operating system, a file, a child process or a peer: one sentence for a person, and the errno behind it
// when there is one (0 otherwise). Errors that go to an API client are api::StatusError instead.
struct Error {
    std::string message;
    int systemError = 0;
};

template <typename T>
using Result = tl::expected<T, Error>;

using tl::unexpected;

// "<what>: <strerror(errno)>"
[[nodiscard]] tl::unexpected<Error> systemFailure(std::string_view what);
[[nodiscard]] tl::unexpected<Error> systemFailure(std::string_view what, int systemError);
[[nodiscard]] tl::unexpected<Error> failure(std::string message);

} // namespace kates
