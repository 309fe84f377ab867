// Filters and sorts what an informer holds and sends the GUI thread only the way from one order to the next: never faster than it is taken, at most
// once per frame, and no more often than leaves the data thread three quarters of its time. Lives on the data thread.
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

#include "app/informer/informer.h"
#include "app/models/list_update.h"

namespace kates::app {

inline constexpr int kFeedIntervalMax = 1000; // ms between two updates, however large the list

// Where an entry stands by one property, worked out once per document: first by group, then by number, then naturally by text.
struct ListRank {
    int group = 0;
    double number = 0;
    QString text;
};

class ListFeed : public QObject {
    Q_OBJECT
public:
    // Negative, zero or positive, as a spaceship; ties are broken by key.
    using Compare = std::function<int(const api::Value&, const api::Value&)>;
    using Rank = std::function<ListRank(const api::Value&)>;
    using Filter = std::function<bool(const api::Value&)>;

    // `informer` must outlive the feed or be replaced by setInformer(nullptr).
    explicit ListFeed(Informer* informer = nullptr);

    void setInformer(Informer* informer);
    void setOrder(Compare compare); // empty: by key
    void setRank(Rank rank, bool descending); // the same for costly comparisons; empty: by key
    void setFilter(Filter filter); // empty: everything
    // The receiver has taken the last update; the next may come.
    void acknowledge();

signals:
    void updated(const kates::app::ListUpdate& update);

private:
    struct Placed {
        ListEntry entry;
        ListRank rank;
    };

    void onChanged(const Deltas& deltas);
    void startOver();
    void rebuild();
    void merge();
    void schedule();
    void publish();
    Placed placed(const QString& key, const api::Value& object) const;
    bool precedes(const Placed& left, const Placed& right) const;

    QPointer<Informer> m_informer;
    Compare m_compare;
    Rank m_rank;
    bool m_descending = false;
    Filter m_filter;
    std::vector<Placed> m_order; // what is now, but for m_pending
    QHash<QString, std::optional<api::Value>> m_pending; // by key; nothing: removed or filtered out
    std::vector<ListEntry> m_published; // what the receiver has
    QTimer m_timer;
    bool m_waiting = false; // for acknowledge()
    bool m_dirty = false;
    bool m_rebuild = false;
};

} // namespace kates::app
