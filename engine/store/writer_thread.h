// One thread that runs jobs in order: where the embedded store waits for the disk.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace kates::store {

class WriterThread {
public:
    WriterThread() : m_thread([this] { work(); }) {}
    // Runs what has been given, then ends.
    ~WriterThread()
    {
        run({});
        m_thread.join();
    }
    void run(std::function<void()> job)
    {
        {
            std::lock_guard lock(m_mutex);
            m_jobs.push_back(std::move(job));
        }
        m_ready.notify_one();
    }

private:
    void work()
    {
        for (;;) {
            std::unique_lock lock(m_mutex);
            m_ready.wait(lock, [this] { return !m_jobs.empty(); });
            auto job = std::move(m_jobs.front());
            m_jobs.pop_front();
            lock.unlock();
            if (!job)
                return;
            job();
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<std::function<void()>> m_jobs;
    std::thread m_thread; // last: starts when all else is there
};

} // namespace kates::store
