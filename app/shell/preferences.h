// What the window remembers between runs, in the user's configuration.
#pragma once

#include <QObject>
#include <QSettings>
#include <QSize>
#include <qqmlregistration.h>

namespace kates::app {

class Preferences : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    // "system", "dark", "light" or "projector".
    Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY themeChanged)
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged) // "system", "en" or "de"
public:
    using QObject::QObject;

    QString theme() const;
    void setTheme(const QString& theme);
    QString language() const;
    void setLanguage(const QString& language);

    // Where the user was: read once at the start. A page may name its lens: "map:apps".
    Q_INVOKABLE QSize windowSize() const;
    Q_INVOKABLE void setWindowSize(const QSize& size);
    Q_INVOKABLE QString page() const;
    Q_INVOKABLE void setPage(const QString& page);
    Q_INVOKABLE QString cluster() const;
    Q_INVOKABLE void setCluster(const QString& cluster);

    // What belongs to one cluster, by its name.
    QVariant clusterValue(const QString& cluster, const QString& key) const;
    void setClusterValue(const QString& cluster, const QString& key, const QVariant& value);
    void forgetCluster(const QString& cluster);

signals:
    void themeChanged();
    void languageChanged();

private:
    QSettings m_settings;
};

} // namespace kates::app
