#include "engine/store/key_space.h"

namespace kates::store {

namespace {

std::size_t previousBytes(const WatchBatch& batch)
{
    std::size_t bytes = 0;
    for (const auto& event : batch)
        bytes += event.previous ? event.previous->value.size() : 0;
    return bytes;
}

StoreError compactedError(Revision asked, Revision compacted)
{
    return {StoreErrorCode::Compacted,
        "revision " + std::to_string(asked) + " has been compacted; the oldest that can be read is " + std::to_string(compacted)};
}

bool pageIsFull(const ListPage& page, std::size_t limit)
{
    return limit != 0 && page.items.size() == limit;
}

} // namespace

const KeyValue* KeySpace::find(std::string_view key) const
{
    auto found = m_current.find(key);
    return found == m_current.end() ? nullptr : &found->second;
}

void KeySpace::publish(Revision revision, std::shared_ptr<const WatchBatch> batch)
{
    for (const auto& event : *batch) {
        if (event.current)
            m_current.insert_or_assign(event.key, *event.current);
        else
            m_current.erase(event.key);
    }
    m_revision = revision;
    if (batch->empty())
        return;
    m_historyBytes += previousBytes(*batch);
    m_history.push_back(std::move(batch));
}

void KeySpace::load(const std::string& key, std::optional<KeyValue> state)
{
    if (state)
        m_current.insert_or_assign(key, std::move(*state));
    else
        m_current.erase(key);
}

void KeySpace::startHistory(Revision compacted, Revision revision)
{
    m_compacted = compacted;
    m_revision = revision;
}

StoreResult<ListPage> KeySpace::list(std::string_view prefix, std::string_view startKey, std::size_t limit, Revision revision) const
{
    if (revision > m_revision)
        return tl::unexpected(StoreError{StoreErrorCode::Unavailable,
            "revision " + std::to_string(revision) + " is newer than the store's newest, " + std::to_string(m_revision)});
    if (revision != 0 && revision < m_compacted)
        return tl::unexpected(compactedError(revision, m_compacted));
    if (revision == 0 || revision == m_revision)
        return listCurrent(prefix, startKey, limit);
    auto page = listWith(undoTo(revision, prefix), prefix, startKey, limit);
    page.revision = revision;
    return page;
}

ListPage KeySpace::listCurrent(std::string_view prefix, std::string_view startKey, std::size_t limit) const
{
    ListPage page;
    page.revision = m_revision;
    for (auto at = m_current.lower_bound(std::max(prefix, startKey)); at != m_current.end() && at->first.starts_with(prefix); ++at) {
        if (pageIsFull(page, limit)) {
            page.more = true;
            break;
        }
        page.items.push_back(at->second);
    }
    return page;
}

KeySpace::Undo KeySpace::undoTo(Revision revision, std::string_view prefix) const
{
    Undo undo;
    for (auto commit = m_history.rbegin(); commit != m_history.rend() && commit->get()->front().revision > revision; ++commit) {
        for (const auto& event : **commit) {
            if (event.key.starts_with(prefix))
                undo[event.key] = event.previous ? &*event.previous : nullptr;
        }
    }
    return undo;
}

// Walks the current keys and the undone ones together, both in key order; an undone one wins.
ListPage KeySpace::listWith(const Undo& undo, std::string_view prefix, std::string_view startKey, std::size_t limit) const
{
    ListPage page;
    auto first = std::max(prefix, startKey);
    auto now = m_current.lower_bound(first);
    auto then = undo.lower_bound(first);
    auto nowLeft = [&] { return now != m_current.end() && now->first.starts_with(prefix); };
    while (nowLeft() || then != undo.end()) {
        const KeyValue* item = nullptr;
        if (then == undo.end() || (nowLeft() && now->first < then->first)) {
            item = &(now++)->second;
        } else {
            if (nowLeft() && now->first == then->first)
                ++now;
            item = (then++)->second;
        }
        if (!item)
            continue;
        if (pageIsFull(page, limit)) {
            page.more = true;
            break;
        }
        page.items.push_back(*item);
    }
    return page;
}

StoreResult<std::vector<std::shared_ptr<const WatchBatch>>> KeySpace::commitsAfter(Revision after) const
{
    if (after < m_compacted)
        return tl::unexpected(compactedError(after, m_compacted));
    auto first = m_history.end();
    while (first != m_history.begin() && std::prev(first)->get()->front().revision > after)
        --first;
    return std::vector<std::shared_ptr<const WatchBatch>>(first, m_history.end());
}

void KeySpace::forgetBelow(Revision revision, std::vector<DeadVersion>& dead)
{
    while (!m_history.empty() && m_history.front()->front().revision <= revision)
        forgetOldest(dead);
    m_compacted = std::max(m_compacted, revision);
}

void KeySpace::forgetOldest(std::vector<DeadVersion>& dead)
{
    auto commit = std::move(m_history.front());
    m_history.pop_front();
    m_historyBytes -= previousBytes(*commit);
    m_compacted = std::max(m_compacted, commit->front().revision);
    for (const auto& event : *commit) {
        if (event.previous)
            dead.push_back({event.previous->revision, event.key});
        if (!event.current)
            dead.push_back({event.revision, event.key});
    }
}

} // namespace kates::store
