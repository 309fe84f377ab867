// The difference of two texts by lines (Myers), with unchanged stretches folded. Pure.
#pragma once

#include <QStringList>

#include <vector>

namespace kates::app {

struct DiffLine {
    enum class Kind { Same, Added, Removed, Folded };
    Kind kind;
    QString text; // Folded: empty
    int folded = 0; // lines left out
};

struct TextDiff {
    std::vector<DiffLine> lines;
    int added = 0;
    int removed = 0;
};

inline constexpr int kDiffLinesMax = 20'000; // larger texts are shown as removed and added whole
inline constexpr int kDiffEditsMax = 2'000; // the same for texts that differ more than this
inline constexpr int kDiffContext = 3;

[[nodiscard]] TextDiff diffTexts(const QStringList& before, const QStringList& after, int context = kDiffContext);

} // namespace kates::app
