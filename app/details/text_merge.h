// Merging two texts that both came from a third, by lines. Pure.
#pragma once

#include <QStringList>

namespace kates::app {

struct TextMerge {
    QStringList lines;
    int taken = 0; // places where their change was taken
    int kept = 0; // places where both changed: mine stays
};

// Texts that are too large or differ too much for a difference (see diffTexts) count as changed in one place.
[[nodiscard]] TextMerge mergeTexts(const QStringList& base, const QStringList& mine, const QStringList& theirs);

} // namespace kates::app
