// Takes one picture of the window once what it shows has settled, for tests and documentation.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QQuickWindow>
#include <QTimer>

namespace kates::app {

inline constexpr int kSettledFrames = 4; // in a row
inline constexpr int kSettleQuietMs = 500; // without a change, so that animations have ended
inline constexpr int kScreenshotLimitMs = 20'000;

class Screenshot : public QObject {
    Q_OBJECT
public:
    // The window's root has an invokable settled(); ends the application with 0, or 1 when it never settles or the file cannot be written.
    Screenshot(QQuickWindow* window, QString file, QObject* parent = nullptr);

private:
    void onFrame();
    void take(bool settled);

    QQuickWindow* m_window;
    const QString m_file;
    QTimer m_limit;
    QElapsedTimer m_quiet;
    int m_frames = 0;
    bool m_taken = false;
};

} // namespace kates::app
