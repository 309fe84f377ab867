// The type families of the window: the best that this computer has.
#pragma once

#include <QObject>
#include <qqmlregistration.h>

namespace kates::app {

class Fonts : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString sans READ sans CONSTANT)
    Q_PROPERTY(QString monospace READ monospace CONSTANT)
public:
    using QObject::QObject;
    static QString sans(); // Inter, Noto Sans, DejaVu Sans, else the system's
    static QString monospace(); // JetBrains Mono, Noto Sans Mono, DejaVu Sans Mono, else the system's
};

} // namespace kates::app
