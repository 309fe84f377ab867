#include "engine/store/watch_hub.h"

#include <algorithm>

namespace kates::store {

namespace {
constexpr int kReplayBatchesPerTurn = 500;

// The events of a commit that a watch wants; the commit itself when that is all of them.
std::shared_ptr<const WatchBatch> matching(const std::shared_ptr<const WatchBatch>& batch, std::string_view prefix)
{
    auto wanted = [&](const WatchEvent& event) { return event.key.starts_with(prefix); };
    auto count = std::count_if(batch->begin(), batch->end(), wanted);
    if (count == 0)
        return nullptr;
    if (static_cast<std::size_t>(count) == batch->size())
        return batch;
    auto part = std::make_shared<WatchBatch>();
    std::copy_if(batch->begin(), batch->end(), std::back_inserter(*part), wanted);
    return part;
}
} // namespace

struct WatchHub::Record {
    std::string prefix;
    Revision after;
    WatchHandler handler;
    std::deque<std::shared_ptr<const WatchBatch>> backlog;
    bool replaying = true;
    bool alive = true;
};

class WatchHub::Handle : public Watch {
public:
    explicit Handle(std::shared_ptr<Record> record) : m_record(std::move(record)) {}
    ~Handle() override { m_record->alive = false; }

private:
    std::shared_ptr<Record> m_record;
};

std::unique_ptr<Watch> WatchHub::add(
    std::string prefix, Revision after, std::vector<std::shared_ptr<const WatchBatch>> backlog, WatchHandler handler)
{
    auto record = std::make_shared<Record>(Record{std::move(prefix), after, std::move(handler), {}});
    for (const auto& batch : backlog) {
        if (auto part = matching(batch, record->prefix))
            record->backlog.push_back(std::move(part));
    }
    record->replaying = !record->backlog.empty();
    if (record->replaying)
        m_loop.post([&loop = m_loop, weak = std::weak_ptr(record)] { replay(loop, weak); });
    std::erase_if(m_records, [](const auto& old) { return !old->alive; });
    m_records.push_back(record);
    return std::make_unique<Handle>(std::move(record));
}

void WatchHub::replay(Loop& loop, std::weak_ptr<Record> weak)
{
    auto record = weak.lock();
    for (int count = 0; record && record->alive && !record->backlog.empty(); ++count) {
        if (count == kReplayBatchesPerTurn) {
            loop.post([&loop, weak] { replay(loop, weak); });
            return;
        }
        auto batch = std::move(record->backlog.front());
        record->backlog.pop_front();
        record->handler.events(std::move(batch));
    }
    if (record)
        record->replaying = false;
}

void WatchHub::publish(const std::shared_ptr<const WatchBatch>& batch)
{
    if (batch->empty())
        return;
    auto records = m_records; // a handler may add or end watches
    bool someEnded = false;
    for (const auto& record : records) {
        if (!record->alive || batch->front().revision <= record->after) {
            someEnded = someEnded || !record->alive;
            continue;
        }
        auto part = matching(batch, record->prefix);
        if (!part)
            continue;
        if (record->replaying)
            record->backlog.push_back(std::move(part));
        else
            record->handler.events(std::move(part));
    }
    if (someEnded)
        std::erase_if(m_records, [](const auto& old) { return !old->alive; });
}

void WatchHub::fail(const StoreError& error)
{
    auto records = std::exchange(m_records, {});
    for (const auto& record : records) {
        if (std::exchange(record->alive, false))
            record->handler.failed(error);
    }
}

} // namespace kates::store
