#include "app/details/text_merge.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "app/deploy/text_diff.h"

namespace kates::app {

namespace {

// Lines [first, last) of the base became `lines`.
struct Change {
    int first = 0, last = 0;
    QStringList lines;
};

std::vector<Change> changesBetween(const QStringList& base, const QStringList& next)
{
    std::vector<Change> changes;
    int at = 0;
    bool inChange = false;
    const TextDiff diff = diffTexts(base, next, int(base.size() + next.size())); // nothing folded
    for (const DiffLine& line : diff.lines) {
        if (line.kind == DiffLine::Kind::Same || line.kind == DiffLine::Kind::Folded) {
            at += line.kind == DiffLine::Kind::Same ? 1 : line.folded;
            inChange = false;
            continue;
        }
        if (!std::exchange(inChange, true))
            changes.push_back({ at, at, {} });
        if (line.kind == DiffLine::Kind::Removed)
            changes.back().last = ++at;
        else
            changes.back().lines.append(line.text);
    }
    return changes;
}

// They touch the same lines, or both put something at the same place.
bool meet(const Change& a, const Change& b)
{
    const bool sameGap = a.first == a.last && b.first == b.last && a.first == b.first;
    return sameGap || (a.first < b.last && b.first < a.last);
}

} // namespace

TextMerge mergeTexts(const QStringList& base, const QStringList& mine, const QStringList& theirs)
{
    TextMerge merge;
    const std::vector<Change> own = changesBetween(base, mine), other = changesBetween(base, theirs);
    std::vector<Change> chosen = own;
    for (const Change& change : other) {
        bool same = false, meets = false;
        for (const Change& candidate : own) {
            same = same || (candidate.first == change.first && candidate.last == change.last && candidate.lines == change.lines);
            meets = meets || meet(candidate, change);
        }
        if (same)
            continue;
        merge.kept += meets ? 1 : 0;
        merge.taken += meets ? 0 : 1;
        if (!meets)
            chosen.push_back(change);
    }
    const auto before = [](const Change& a, const Change& b) { return std::tie(a.first, a.last) < std::tie(b.first, b.last); };
    std::stable_sort(chosen.begin(), chosen.end(), before);
    int at = 0;
    for (const Change& change : chosen) {
        merge.lines += base.mid(at, change.first - at);
        merge.lines += change.lines;
        at = change.last;
    }
    merge.lines += base.mid(at);
    return merge;
}

} // namespace kates::app
