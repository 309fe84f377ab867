#include "app/deploy/text_diff.h"

#include <algorithm>

namespace kates::app {

namespace {

using Kind = DiffLine::Kind;

std::vector<DiffLine> wholly(const QStringList& before, const QStringList& after)
{
    std::vector<DiffLine> lines;
    for (const QString& line : before)
        lines.push_back({ Kind::Removed, line });
    for (const QString& line : after)
        lines.push_back({ Kind::Added, line });
    return lines;
}

// The furthest x on each diagonal after each number of edits; empty when there are more edits than we care for.
std::vector<std::vector<int>> search(const QStringList& a, const QStringList& b)
{
    const int n = int(a.size()), m = int(b.size());
    const int limit = std::min(n + m, kDiffEditsMax);
    std::vector<int> furthest(std::size_t(2 * limit + 3), 0);
    const int middle = limit + 1;
    std::vector<std::vector<int>> trace;
    for (int edits = 0; edits <= limit; ++edits) {
        // Only the diagonals reached so far are kept: [-edits - 1, edits + 1].
        trace.emplace_back(furthest.begin() + middle - edits - 1, furthest.begin() + middle + edits + 2);
        for (int k = -edits; k <= edits; k += 2) {
            const bool down = k == -edits || (k != edits && furthest[std::size_t(middle + k - 1)] < furthest[std::size_t(middle + k + 1)]);
            int x = down ? furthest[std::size_t(middle + k + 1)] : furthest[std::size_t(middle + k - 1)] + 1;
            while (x < n && x - k < m && a[x] == b[x - k])
                ++x;
            furthest[std::size_t(middle + k)] = x;
            if (x >= n && x - k >= m)
                return trace;
        }
    }
    return {};
}

std::vector<DiffLine> backtrack(const QStringList& a, const QStringList& b, const std::vector<std::vector<int>>& trace)
{
    std::vector<DiffLine> lines;
    int x = int(a.size()), y = int(b.size());
    for (int edits = int(trace.size()) - 1; edits >= 0; --edits) {
        const auto at = [&](int k) { return trace[std::size_t(edits)][std::size_t(k + edits + 1)]; };
        const int k = x - y;
        const bool down = k == -edits || (k != edits && at(k - 1) < at(k + 1));
        const int fromK = down ? k + 1 : k - 1;
        const int fromX = edits == 0 ? 0 : at(fromK), fromY = edits == 0 ? 0 : fromX - fromK;
        while (x > fromX && y > fromY) {
            lines.push_back({ Kind::Same, a[--x] });
            --y;
        }
        if (edits > 0) {
            lines.push_back(down ? DiffLine { Kind::Added, b[y - 1] } : DiffLine { Kind::Removed, a[x - 1] });
            x = fromX;
            y = fromY;
        }
    }
    std::reverse(lines.begin(), lines.end());
    return lines;
}

std::vector<DiffLine> folded(const std::vector<DiffLine>& lines, int context)
{
    std::vector<bool> kept(lines.size(), false);
    for (int i = 0; i < int(lines.size()); ++i) {
        if (lines[std::size_t(i)].kind == Kind::Same)
            continue;
        for (int k = std::max(0, i - context); k <= std::min(int(lines.size()) - 1, i + context); ++k)
            kept[std::size_t(k)] = true;
    }
    std::vector<DiffLine> result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (kept[i])
            result.push_back(lines[i]);
        else if (!result.empty() && result.back().kind == Kind::Folded)
            ++result.back().folded;
        else
            result.push_back({ Kind::Folded, {}, 1 });
    }
    return result;
}

} // namespace

TextDiff diffTexts(const QStringList& before, const QStringList& after, int context)
{
    std::vector<DiffLine> lines;
    if (before.isEmpty() || after.isEmpty() || before.size() + after.size() > kDiffLinesMax) {
        lines = wholly(before, after);
    } else {
        const auto trace = search(before, after);
        lines = trace.empty() ? wholly(before, after) : backtrack(before, after, trace);
    }
    TextDiff diff;
    for (const DiffLine& line : lines) {
        diff.added += line.kind == Kind::Added ? 1 : 0;
        diff.removed += line.kind == Kind::Removed ? 1 : 0;
    }
    diff.lines = folded(lines, context);
    return diff;
}

} // namespace kates::app
