// One word of a POSIX shell's command line, for people to read and to paste.
#pragma once

#include <string>
#include <string_view>

namespace kates {

// The word as it is when no shell takes it apart, otherwise in single quotes. "" becomes ''.
[[nodiscard]] std::string shellWord(std::string_view word);

} // namespace kates
