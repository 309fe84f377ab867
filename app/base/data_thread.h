// The thread on which everything that comes from a server is received, parsed, sorted and laid out, so that the GUI thread only moves
// finished pieces. One for the whole window.
#pragma once

#include <QCoreApplication>
#include <QObject>
#include <QPointer>
#include <QThread>

#include <functional>
#include <memory>

namespace kates::app {

// Runs `work` on the GUI thread, unless `guard`, which lives there, is gone by then. Any thread; a QPointer may be copied on all of them.
template <typename T, typename Work> void postToGui(const QPointer<T>& guard, Work work)
{
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [guard, work = std::move(work)]() mutable {
            if (guard)
                work();
        },
        Qt::QueuedConnection);
}

class DataThread {
public:
    DataThread();
    ~DataThread(); // runs what is queued, then stops
    DataThread(const DataThread&) = delete;
    DataThread& operator=(const DataThread&) = delete;

    // Runs `work` on the data thread, in the order of the calls. Any thread.
    void post(std::function<void()> work);
    // From the GUI thread: runs `work` on the data thread and gives its result to `then` on the GUI thread, unless `context` is gone by then.
    template <typename T, typename Work, typename Then> void compute(T* context, Work work, Then then)
    {
        post([guard = QPointer<T>(context), work = std::move(work), then = std::move(then)]() mutable {
            postToGui(guard, [result = work(), then = std::move(then)]() mutable { then(std::move(result)); });
        });
    }
    // From the GUI thread: runs `work` with an object that lives on the data thread, unless it is gone by then.
    template <typename T, typename Work> void with(T* object, Work work)
    {
        post([guard = QPointer<T>(object), work = std::move(work)] {
            if (guard)
                work(*guard);
        });
    }
    // Moves an object that has no parent to the data thread; it must then be released by a DataPtr.
    void adopt(QObject* object) { object->moveToThread(&m_thread); }
    bool isCurrent() const { return QThread::currentThread() == &m_thread; }

private:
    QThread m_thread;
    QObject* m_context; // lives on the data thread; receives the posted work
};

// Owns an object that lives on the data thread from elsewhere: it is destroyed there, after the events already queued for it.
struct DeleteOnItsThread {
    void operator()(QObject* object) const { object->deleteLater(); }
};
template <typename T> using DataPtr = std::unique_ptr<T, DeleteOnItsThread>;

template <typename T, typename... Arguments> DataPtr<T> makeOn(DataThread& thread, Arguments&&... arguments)
{
    DataPtr<T> object(new T(std::forward<Arguments>(arguments)...));
    thread.adopt(object.get());
    return object;
}

} // namespace kates::app
