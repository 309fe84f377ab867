// Hands commits to watches: what is already there first (in later turns of the loop, a bounded piece each), then what is published, once and in
// order.
#pragma once

#include <deque>
#include <list>

#include "engine/store/store.h"

namespace kates::store {

class WatchHub {
public:
    explicit WatchHub(Loop& loop) : m_loop(loop) {}
    [[nodiscard]] std::unique_ptr<Watch> add(
        std::string prefix, Revision after, std::vector<std::shared_ptr<const WatchBatch>> backlog, WatchHandler handler);
    void publish(const std::shared_ptr<const WatchBatch>& batch);
    void fail(const StoreError& error); // ends every watch

private:
    struct Record;
    class Handle;
    static void replay(Loop& loop, std::weak_ptr<Record> record);
    Loop& m_loop;
    std::vector<std::shared_ptr<Record>> m_records;
};

} // namespace kates::store
