#include "app/models/list_feed.h"

#include <QSet>

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
        connect(informer, &QObject::destroyed, this, &ListFeed::rebuild);
    }
    rebuild();
}

void ListFeed::setOrder(Compare compare)
{
    m_compare = std::move(compare);
    rebuild();
}

void ListFeed::setFilter(Filter filter)
{
    m_filter = std::move(filter);
    rebuild();
}

void ListFeed::acknowledge()
{
    m_waiting = false;
    if (m_dirty)
        schedule();
}

bool ListFeed::precedes(const ListEntry& left, const ListEntry& right) const
{
    if (m_compare) {
        if (const int order = m_compare(left.object, right.object))
            return order < 0;
    }
    return left.key < right.key;
}

void ListFeed::rebuild()
{
    m_order.clear();
    if (m_informer) {
        for (const auto& [key, object] : m_informer->objects()) {
            if (!m_filter || m_filter(object))
                m_order.push_back({ toQString(key), object });
        }
    }
    std::sort(m_order.begin(), m_order.end(), [this](const auto& left, const auto& right) { return precedes(left, right); });
    schedule();
}

void ListFeed::onChanged(const Deltas& deltas)
{
    QSet<QString> touched;
    std::vector<ListEntry> fresh;
    for (const Delta& delta : deltas) {
        const QString key = toQString(delta.key);
        touched.insert(key);
        if (delta.kind == Delta::Kind::Set && (!m_filter || m_filter(delta.object)))
            fresh.push_back({ key, delta.object });
    }
    std::erase_if(m_order, [&](const ListEntry& entry) { return touched.contains(entry.key); });
    const auto before = [this](const ListEntry& left, const ListEntry& right) { return precedes(left, right); };
    std::sort(fresh.begin(), fresh.end(), before);
    const auto middle = m_order.insert(m_order.end(), fresh.begin(), fresh.end());
    std::inplace_merge(m_order.begin(), middle, m_order.end(), before);
    schedule();
}

void ListFeed::schedule()
{
    m_dirty = true;
    if (!m_waiting && !m_timer.isActive())
        m_timer.start();
}

void ListFeed::publish()
{
    m_dirty = false;
    m_waiting = true;
    ListUpdate update = listUpdate(m_published, m_order);
    m_published = m_order;
    update.total = m_informer ? int(m_informer->objects().size()) : 0;
    update.synced = m_informer && m_informer->synced();
    emit updated(update);
}

} // namespace kates::app
