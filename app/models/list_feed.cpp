#include "app/models/list_feed.h"

#include <algorithm>

#include "app/base/text.h"

namespace kates::app {

ListFeed::ListFeed(Informer* informer)
    : m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &ListFeed::publish);
    if (informer)
        setInformer(informer);
}

void ListFeed::setInformer(Informer* informer)
{
    if (m_informer)
        m_informer->disconnect(this);
    m_informer = informer;
    if (informer) {
        connect(informer, &Informer::changed, this, &ListFeed::onChanged);
        connect(informer, &QObject::destroyed, this, &ListFeed::startOver);
    }
    startOver();
}

void ListFeed::setOrder(Compare compare)
{
    m_compare = std::move(compare);
    m_rank = {};
    startOver();
}

void ListFeed::setRank(Rank rank, bool descending)
{
    m_compare = {};
    m_rank = std::move(rank);
    m_descending = descending;
    startOver();
}

void ListFeed::setFilter(Filter filter)
{
    m_filter = std::move(filter);
    startOver();
}

// Somebody waits for this one: at once.
void ListFeed::startOver()
{
    m_rebuild = true;
    m_timer.stop();
    m_timer.setInterval(0);
    schedule();
}

void ListFeed::acknowledge()
{
    m_waiting = false;
    if (m_dirty)
        schedule();
}

ListFeed::Placed ListFeed::placed(const QString& key, const api::Value& object) const
{
    return { { key, object }, m_rank ? m_rank(object) : ListRank() };
}

bool ListFeed::precedes(const Placed& left, const Placed& right) const
{
    if (m_compare) {
        if (const int order = m_compare(left.entry.object, right.entry.object))
            return order < 0;
    } else if (m_rank) {
        if (left.rank.group != right.rank.group)
            return left.rank.group < right.rank.group; // what has no value stays behind, whichever way the rest is sorted
        const ListRank& first = m_descending ? right.rank : left.rank;
        const ListRank& second = m_descending ? left.rank : right.rank;
        if (first.number != second.number)
            return first.number < second.number;
        if (naturallyBefore(first.text, second.text))
            return true;
        if (naturallyBefore(second.text, first.text))
            return false;
    }
    return left.entry.key < right.entry.key;
}

void ListFeed::rebuild()
{
    m_pending.clear();
    m_order.clear();
    if (m_informer) {
        for (const auto& [key, object] : m_informer->objects()) {
            if (!m_filter || m_filter(object))
                m_order.push_back(placed(toQString(key), object));
        }
    }
    std::sort(m_order.begin(), m_order.end(), [this](const Placed& left, const Placed& right) { return precedes(left, right); });
}

void ListFeed::onChanged(const Deltas& deltas)
{
    if (!m_rebuild) {
        for (const Delta& delta : deltas) {
            const bool shown = delta.kind == Delta::Kind::Set && (!m_filter || m_filter(delta.object));
            m_pending.insert(toQString(delta.key), shown ? std::optional(delta.object) : std::nullopt);
        }
    }
    schedule();
}

void ListFeed::merge()
{
    if (m_pending.isEmpty())
        return;
    std::vector<Placed> fresh;
    for (auto pending = m_pending.cbegin(); pending != m_pending.cend(); ++pending) {
        if (pending.value())
            fresh.push_back(placed(pending.key(), *pending.value()));
    }
    std::erase_if(m_order, [&](const Placed& place) { return m_pending.contains(place.entry.key); });
    m_pending.clear();
    const auto before = [this](const Placed& left, const Placed& right) { return precedes(left, right); };
    std::sort(fresh.begin(), fresh.end(), before);
    const bool behind = m_order.empty() || fresh.empty() || before(m_order.back(), fresh.front());
    const auto middle = m_order.insert(m_order.end(), fresh.begin(), fresh.end());
    if (!behind)
        std::inplace_merge(m_order.begin(), middle, m_order.end(), before);
}

void ListFeed::schedule()
{
    m_dirty = true;
    if (!m_waiting && !m_timer.isActive())
        m_timer.start();
}

void ListFeed::publish()
{
    QElapsedTimer cost;
    cost.start();
    m_dirty = false;
    m_waiting = true;
    if (std::exchange(m_rebuild, false))
        rebuild();
    else
        merge();
    std::vector<ListEntry> now;
    now.reserve(m_order.size());
    for (const Placed& place : m_order)
        now.push_back(place.entry);
    ListUpdate update = listUpdate(m_published, now);
    m_published = std::move(now);
    update.total = m_informer ? int(m_informer->objects().size()) : 0;
    update.synced = m_informer && m_informer->synced();
    emit updated(update);
    m_timer.setInterval(std::min(kFeedIntervalMax, 3 * int(cost.elapsed())));
}

} // namespace kates::app
