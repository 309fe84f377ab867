#include "app/shell/preferences.h"

namespace kates::app {

QString Preferences::theme() const
{
    const QString theme = m_settings.value(QStringLiteral("theme")).toString();
    const bool known = theme == QLatin1String("light") || theme == QLatin1String("projector");
    return known ? theme : QStringLiteral("dark");
}

void Preferences::setTheme(const QString& theme)
{
    if (theme == this->theme())
        return;
    m_settings.setValue(QStringLiteral("theme"), theme);
    emit themeChanged();
}

} // namespace kates::app
