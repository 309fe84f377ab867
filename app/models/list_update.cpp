#include "app/models/list_update.h"

#include <QHash>

#include <algorithm>
#include <span>

namespace kates::app {

namespace {

// The positions (in `targets`) of a longest increasing run of values: the entries that may stay where they are.
std::vector<bool> longestIncreasing(const std::vector<int>& values)
{
    std::vector<int> tails, previous(values.size(), -1);
    for (int i = 0; i < int(values.size()); ++i) {
        const auto place = std::lower_bound(tails.begin(), tails.end(), values[i], [&](int tail, int value) { return values[tail] < value; });
        if (place != tails.begin())
            previous[i] = *std::prev(place);
        if (place == tails.end())
            tails.push_back(i);
        else
            *place = i;
    }
    std::vector<bool> stays(values.size(), false);
    for (int i = tails.empty() ? -1 : tails.back(); i >= 0; i = previous[i])
        stays[i] = true;
    return stays;
}

class Planner {
public:
    // Of the entries from `first` on in both lists, and to the ends that are given.
    Planner(std::span<const ListEntry> before, std::span<const ListEntry> after, int first, int stepsMax)
        : m_after(after)
        , m_first(first)
        , m_stepsMax(stepsMax)
        , m_current(before.begin(), before.end())
    {
        for (int i = 0; i < int(after.size()); ++i)
            m_target.insert(after[i].key, i);
    }

    // False when there would be too many steps.
    bool plan(ListUpdate& update)
    {
        for (const ListEntry& entry : m_current) {
            if (!m_target.contains(entry.key))
                update.gone.append(entry.key);
        }
        return removals(update) && moves(update) && insertionsAndChanges(update);
    }

private:
    bool add(ListUpdate& update, ListStep step)
    {
        step.first += m_first;
        step.to += m_first;
        update.steps.push_back(std::move(step));
        return int(update.steps.size()) <= m_stepsMax;
    }

    bool removals(ListUpdate& update)
    {
        for (int end = int(m_current.size()); end > 0;) {
            int start = end;
            while (start > 0 && !m_target.contains(m_current[start - 1].key))
                --start;
            if (start == end) {
                --end;
                continue;
            }
            m_current.erase(m_current.begin() + start, m_current.begin() + end);
            if (!add(update, { ListStep::Kind::Remove, start, end - start }))
                return false;
            end = start;
        }
        return true;
    }

    bool moves(ListUpdate& update)
    {
        std::vector<int> targets;
        for (const ListEntry& entry : m_current)
            targets.push_back(m_target.value(entry.key));
        std::vector<bool> stays = longestIncreasing(targets);
        for (int i = 0; i < int(m_current.size());) {
            if (stays[i]) {
                ++i;
                continue;
            }
            // Behind the last settled entry that comes before it.
            int to = 0;
            for (int k = 0; k < int(m_current.size()); ++k) {
                if (k != i && stays[k] && targets[k] < targets[i])
                    to = k + 1;
            }
            const int final = to > i ? to - 1 : to;
            if (final != i) {
                if (!add(update, { ListStep::Kind::Move, i, 1, final }))
                    return false;
                rotate(m_current, i, final);
                rotate(targets, i, final);
                rotate(stays, i, final);
            }
            stays[final] = true;
            i = std::min(i, final);
        }
        return true;
    }

    template <typename T> static void rotate(std::vector<T>& items, int from, int to)
    {
        if (from < to)
            std::rotate(items.begin() + from, items.begin() + from + 1, items.begin() + to + 1);
        else
            std::rotate(items.begin() + to, items.begin() + from, items.begin() + from + 1);
    }

    bool insertionsAndChanges(ListUpdate& update)
    {
        std::size_t old = 0;
        for (int i = 0; i < int(m_after.size());) {
            const bool kept = old < m_current.size() && m_current[old].key == m_after[i].key;
            if (kept && m_current[old].object.sameStorage(m_after[i].object)) {
                ++old, ++i;
                continue;
            }
            ListStep step { kept ? ListStep::Kind::Change : ListStep::Kind::Insert, i };
            for (; i < int(m_after.size()); ++i) {
                const bool same = old < m_current.size() && m_current[old].key == m_after[i].key;
                if (same != kept || (kept && m_current[old].object.sameStorage(m_after[i].object)))
                    break;
                step.entries.push_back(m_after[i]);
                old += kept ? 1 : 0;
            }
            step.count = int(step.entries.size());
            if (!add(update, std::move(step)))
                return false;
        }
        return true;
    }

    const std::span<const ListEntry> m_after;
    const int m_first;
    const int m_stepsMax;
    std::vector<ListEntry> m_current;
    QHash<QString, int> m_target;
};

bool samePlace(const ListEntry& left, const ListEntry& right)
{
    return left.key.constData() == right.key.constData() || left.key == right.key;
}

// The entries of [from, to) whose documents were replaced, in runs; `shift` leads from a place in `after` to the one in `before`.
void changes(const std::vector<ListEntry>& before, const std::vector<ListEntry>& after, std::size_t from, std::size_t to, std::ptrdiff_t shift,
    std::vector<ListStep>& steps)
{
    for (std::size_t i = from; i < to; ++i) {
        if (before[std::size_t(std::ptrdiff_t(i) + shift)].object.sameStorage(after[i].object))
            continue;
        if (!steps.empty() && steps.back().kind == ListStep::Kind::Change && steps.back().first + steps.back().count == int(i) && i > from) {
            ++steps.back().count;
            steps.back().entries.push_back(after[i]);
        } else {
            steps.push_back({ ListStep::Kind::Change, int(i), 1, 0, { after[i] } });
        }
    }
}

} // namespace

ListUpdate listUpdate(const std::vector<ListEntry>& before, const std::vector<ListEntry>& after, int stepsMax)
{
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t head = 0, tail = 0;
    while (head < shorter && samePlace(before[head], after[head]))
        ++head;
    while (tail < shorter - head && samePlace(before[before.size() - 1 - tail], after[after.size() - 1 - tail]))
        ++tail;
    ListUpdate update;
    const std::span<const ListEntry> old(before.data() + head, before.size() - head - tail);
    const std::span<const ListEntry> next(after.data() + head, after.size() - head - tail);
    const bool planned = (old.empty() && next.empty()) || Planner(old, next, int(head), stepsMax).plan(update);
    changes(before, after, 0, head, 0, update.steps);
    changes(before, after, after.size() - tail, after.size(), std::ptrdiff_t(before.size()) - std::ptrdiff_t(after.size()), update.steps);
    if (!planned || int(update.steps.size()) > stepsMax) {
        update.steps.clear();
        update.rearranged = true;
        update.entries = std::make_shared<std::vector<ListEntry>>(after);
    }
    return update;
}

} // namespace kates::app
