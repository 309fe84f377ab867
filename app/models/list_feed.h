// Filters and sorts what an informer holds and sends the GUI thread only the way from one order to the next, at most once per frame and never
// faster than it is taken. Lives on the data thread.
#pragma once

#include <QObject>
#include <QTimer>

#include <functional>

#include "app/informer/informer.h"
#include "app/models/list_update.h"

namespace kates::app {

class ListFeed : public QObject {
    Q_OBJECT
public:
    // Negative, zero or positive, as a spaceship; ties are broken by key.
    using Compare = std::function<int(const api::Value&, const api::Value&)>;
    using Filter = std::function<bool(const api::Value&)>;

    // `informer` must outlive the feed or be replaced by setInformer(nullptr).
    explicit ListFeed(Informer* informer = nullptr);

    void setInformer(Informer* informer);
    void setOrder(Compare compare); // empty: by key
    void setFilter(Filter filter); // empty: everything
    // The receiver has taken the last update; the next may come.
    void acknowledge();

signals:
    void updated(const kates::app::ListUpdate& update);

private:
    void onChanged(const Deltas& deltas);
    void rebuild();
    void schedule();
    void publish();
    bool precedes(const ListEntry& left, const ListEntry& right) const;

    QPointer<Informer> m_informer;
    Compare m_compare;
    Filter m_filter;
    std::vector<ListEntry> m_order; // what is now
    std::vector<ListEntry> m_published; // what the receiver has
    QTimer m_timer;
    bool m_waiting = false; // for acknowledge()
    bool m_dirty = false;
};

} // namespace kates::app
