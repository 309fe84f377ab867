// Text between documents (UTF-8, from a server that is not trusted) and the window.
#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace kates::app {

inline constexpr qsizetype kDisplayCharactersMax = 4096;

// Server text made safe to show: broken UTF-8 becomes U+FFFD, control characters (terminal escapes) become visible pictures, characters that
// change the direction of writing are dropped, and what is longer than the limit ends in an ellipsis. Newlines and tabs stay.
[[nodiscard]] QString displayText(std::string_view utf8, qsizetype charactersMax = kDisplayCharactersMax);

// By letters, with numbers by their value: node-2 before node-10.
[[nodiscard]] bool naturallyBefore(const QString& left, const QString& right);

// The text exactly as it is; for names that travel back to the server.
[[nodiscard]] inline QString toQString(std::string_view utf8) { return QString::fromUtf8(utf8.data(), qsizetype(utf8.size())); }
[[nodiscard]] inline std::string toStd(const QString& text) { return text.toStdString(); }

} // namespace kates::app
