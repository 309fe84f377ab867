// What the suite runs against: one entry per implementation of the store contract. etcd is added here.
#pragma once

#include <QtTest>

#include "engine/base/files.h"
#include "engine/store/embedded_store.h"
#include "engine/store/memory_store.h"

namespace kates::store {

// In memory where there is such a place: what is tested does not depend on the disk, and the tests are fast on a busy one.
inline TemporaryDirectory fastDirectory()
{
    if (std::filesystem::is_directory("/dev/shm"))
        qputenv("TMPDIR", "/dev/shm");
    return *TemporaryDirectory::create("kates-store");
}

// Opens the same data again and again.
class Implementation {
public:
    virtual ~Implementation() = default;
    virtual std::unique_ptr<Store> open(Loop& loop) = 0;
    virtual bool durable() const { return true; }
};

class EmbeddedImplementation : public Implementation {
public:
    std::unique_ptr<Store> open(Loop& loop) override
    {
        EmbeddedStoreOptions options;
        options.file = m_directory.path() / "store.db";
        auto store = openEmbeddedStore(loop, options);
        if (!store)
            qFatal("%s", store.error().message.c_str());
        return std::move(*store);
    }

private:
    TemporaryDirectory m_directory = fastDirectory();
};

class MemoryImplementation : public Implementation {
public:
    std::unique_ptr<Store> open(Loop& loop) override { return makeMemoryStore(loop); }
    bool durable() const override { return false; }
};

inline void addImplementations()
{
    QTest::addColumn<QString>("implementation");
    QTest::newRow("embedded") << "embedded";
    QTest::newRow("memory") << "memory";
}

inline std::unique_ptr<Implementation> makeImplementation(const QString& name)
{
    if (name == "embedded")
        return std::make_unique<EmbeddedImplementation>();
    return std::make_unique<MemoryImplementation>();
}

// A store on a loop of its own, driven step by step.
class StoreFixture {
public:
    explicit StoreFixture(const QString& name) : m_implementation(makeImplementation(name)), m_store(m_implementation->open(*m_loop)) {}
    ~StoreFixture()
    {
        if (m_store)
            run(m_store->close());
    }

    template <typename T>
    T run(Task<T> task)
    {
        return runToCompletion(*m_loop, std::move(task));
    }
    Store& store() { return *m_store; }
    Loop& loop() { return *m_loop; }
    bool durable() const { return m_implementation->durable(); }
    void reopen()
    {
        run(m_store->close());
        m_store.reset();
        m_store = m_implementation->open(*m_loop);
    }
    // Runs the loop until `condition` holds; false after ten seconds.
    bool runUntil(const std::function<bool()>& condition)
    {
        return run(waitFor(condition));
    }

    StoreResult<Revision> commit(std::vector<Operation> operations) { return run(m_store->commit(std::move(operations))); }
    StoreResult<Revision> put(std::string key, std::string value, std::optional<Revision> expected = {})
    {
        return commit({{std::move(key), Bytes(std::move(value)), expected}});
    }
    StoreResult<Revision> erase(std::string key, std::optional<Revision> expected = {}) { return commit({{std::move(key), std::nullopt, expected}}); }
    std::string value(std::string key)
    {
        auto found = run(m_store->get(std::move(key)));
        return found && *found ? std::string((*found)->value.view()) : "(absent)";
    }
    StoreResult<ListPage> list(std::string prefix, std::string start = {}, std::size_t limit = 0, Revision revision = 0)
    {
        return run(m_store->list(std::move(prefix), std::move(start), limit, revision));
    }

private:
    Task<bool> waitFor(std::function<bool()> condition)
    {
        auto deadline = m_loop->now() + std::chrono::seconds(10);
        while (!condition()) {
            if (m_loop->now() > deadline)
                co_return false;
            co_await yieldTo(*m_loop);
        }
        co_return true;
    }

    std::unique_ptr<Loop> m_loop = makeLoop();
    std::unique_ptr<Implementation> m_implementation;
    std::unique_ptr<Store> m_store;
};

// "a=1,b=2"
inline std::string describe(const std::vector<KeyValue>& items)
{
    std::string text;
    for (const auto& item : items)
        text += (text.empty() ? "" : ",") + item.key + "=" + std::string(item.value.view());
    return text;
}

// Collects what a watch delivers, as "key=value" or "-key", commits separated by ';'.
class Recorder {
public:
    WatchHandler handler()
    {
        return {[this](std::shared_ptr<const WatchBatch> batch) {
                    for (const auto& event : *batch) {
                        m_text += event.current ? event.key + "=" + std::string(event.current->value.view()) : "-" + event.key;
                        m_text += " ";
                        m_revisions.push_back(event.revision);
                        m_events.push_back(event);
                    }
                    m_text.back() = ';';
                },
            [this](StoreError error) { m_error = error; }};
    }
    const std::string& text() const { return m_text; }
    const std::vector<WatchEvent>& events() const { return m_events; }
    const std::vector<Revision>& revisions() const { return m_revisions; }
    const std::optional<StoreError>& error() const { return m_error; }

private:
    std::string m_text;
    std::vector<WatchEvent> m_events;
    std::vector<Revision> m_revisions;
    std::optional<StoreError> m_error;
};

} // namespace kates::store

// Every test function of a suite runs once per implementation.
#define KATES_FOR_EACH_STORE(function) \
    void function##_data() { kates::store::addImplementations(); } \
    void function()
#define KATES_STORE(name) \
    QFETCH(QString, implementation); \
    kates::store::StoreFixture name(implementation)
