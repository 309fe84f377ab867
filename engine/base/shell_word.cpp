#include "engine/base/shell_word.h"

#include <algorithm>
#include <cctype>

namespace kates {

namespace {

bool isPlain(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || std::string_view("_@%+=:,./-").find(c) != std::string_view::npos;
}

} // namespace

std::string shellWord(std::string_view word)
{
    if (!word.empty() && std::all_of(word.begin(), word.end(), isPlain))
        return std::string(word);
    std::string text = "'";
    for (char c : word)
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

} // namespace kates
