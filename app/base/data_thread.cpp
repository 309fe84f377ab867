#include "app/base/data_thread.h"

namespace kates::app {

DataThread::DataThread()
    : m_context(new QObject)
{
    m_thread.setObjectName(QStringLiteral("kates-data"));
    m_context->moveToThread(&m_thread);
    // deleteLater is served when the thread ends, after everything that was posted before.
    QObject::connect(&m_thread, &QThread::finished, m_context, &QObject::deleteLater);
    m_thread.start();
}

DataThread::~DataThread()
{
    QMetaObject::invokeMethod(
        m_context, [this] { m_thread.quit(); }, Qt::QueuedConnection);
    m_thread.wait();
}

void DataThread::post(std::function<void()> work) { QMetaObject::invokeMethod(m_context, std::move(work), Qt::QueuedConnection); }

} // namespace kates::app
