// What the window remembers between runs, in the user's configuration.
#pragma once

#include <QObject>
#include <QSettings>
#include <qqmlregistration.h>

namespace kates::app {

class Preferences : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY themeChanged)
public:
    using QObject::QObject;

    QString theme() const;
    void setTheme(const QString& theme);

signals:
    void themeChanged();

private:
    QSettings m_settings;
};

} // namespace kates::app
