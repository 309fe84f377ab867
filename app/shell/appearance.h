// Whether the desktop is set to dark: by the desktop portal (org.freedesktop.appearance, where there is one), else by the application's palette.
// Follows changes. GUI thread.
#pragma once

#include <QDBusVariant>
#include <QObject>
#include <qqmlregistration.h>

#include <optional>

namespace kates::app {

class Appearance : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(bool dark READ dark NOTIFY changed)
public:
    explicit Appearance(QObject* parent = nullptr);
    bool dark() const;

signals:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private slots:
    void onSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void take(const QVariant& colorScheme);

    std::optional<bool> m_portal; // nothing: it has no preference, or is not there
};

} // namespace kates::app
