#include "app/shell/screenshot.h"

#include <QCoreApplication>
#include <QImage>

#include <cstdio>

namespace kates::app {

Screenshot::Screenshot(QQuickWindow* window, QString file, QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_file(std::move(file))
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] { take(false); });
    m_limit.start(kScreenshotLimitMs);
    m_quiet.start();
    // From the render thread to this one: at most one check per frame.
    connect(window, &QQuickWindow::frameSwapped, this, &Screenshot::onFrame, Qt::QueuedConnection);
}

void Screenshot::onFrame()
{
    bool settled = false;
    QMetaObject::invokeMethod(m_window, "settled", Q_RETURN_ARG(bool, settled));
    if (!settled) {
        m_frames = 0;
        m_quiet.start();
    } else {
        ++m_frames;
    }
    if (m_frames >= kSettledFrames && m_quiet.elapsed() >= kSettleQuietMs)
        take(true);
    else
        m_window->update();
}

void Screenshot::take(bool settled)
{
    if (std::exchange(m_taken, true))
        return;
    const bool written = m_window->grabWindow().save(m_file);
    if (!settled)
        std::fprintf(stderr, "kates-desktop: the window did not settle within %d s\n", kScreenshotLimitMs / 1000);
    if (!written)
        std::fprintf(stderr, "kates-desktop: %s cannot be written\n", qPrintable(m_file));
    QCoreApplication::exit(settled && written ? 0 : 1);
}

} // namespace kates::app
