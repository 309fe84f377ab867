// What could be typed at a place of a YAML text, by a schema. Pure; linear in the text before the place.
#pragma once

#include "app/details/object_schema.h"

namespace kates::app {

inline constexpr qsizetype kCompletionTextMax = 1 << 20; // in longer texts nothing is offered

struct YamlCompletions {
    int from = 0; // where the word begins that a choice replaces
    std::vector<Completion> choices;
    QStringList inserts; // beside each choice: what is put instead of the word
};

[[nodiscard]] YamlCompletions completionsAt(const QString& text, int cursor, const ObjectSchema& schema);

} // namespace kates::app
