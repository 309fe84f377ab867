#include "app/shell/preferences.h"

#include <QUrl>

namespace kates::app {

namespace {

const QString kTheme = QStringLiteral("theme");
const QString kLanguage = QStringLiteral("language");
const QString kWindowSize = QStringLiteral("window/size");
const QString kPage = QStringLiteral("window/page");
const QString kCluster = QStringLiteral("window/cluster");
constexpr int kNameCharactersMax = 253; // of what is remembered by name

// A name may hold what separates groups.
QString groupOf(const QString& cluster)
{
    return QStringLiteral("clusters/") + QString::fromLatin1(QUrl::toPercentEncoding(cluster.left(kNameCharactersMax)));
}

} // namespace

QString Preferences::theme() const
{
    const QString theme = m_settings.value(kTheme).toString();
    const bool known = theme == QLatin1String("dark") || theme == QLatin1String("light") || theme == QLatin1String("projector");
    return known ? theme : QStringLiteral("system");
}

void Preferences::setTheme(const QString& theme)
{
    if (theme == this->theme())
        return;
    m_settings.setValue(kTheme, theme);
    emit themeChanged();
}

QString Preferences::language() const
{
    const QString language = m_settings.value(kLanguage).toString();
    return language == QLatin1String("en") || language == QLatin1String("de") ? language : QStringLiteral("system");
}

void Preferences::setLanguage(const QString& language)
{
    if (language == this->language())
        return;
    m_settings.setValue(kLanguage, language);
    emit languageChanged();
}

QSize Preferences::windowSize() const { return m_settings.value(kWindowSize).toSize(); }

void Preferences::setWindowSize(const QSize& size) { m_settings.setValue(kWindowSize, size); }

QString Preferences::page() const { return m_settings.value(kPage).toString(); }

void Preferences::setPage(const QString& page) { m_settings.setValue(kPage, page); }

QString Preferences::cluster() const { return m_settings.value(kCluster).toString(); }

void Preferences::setCluster(const QString& cluster) { m_settings.setValue(kCluster, cluster); }

QVariant Preferences::clusterValue(const QString& cluster, const QString& key) const { return m_settings.value(groupOf(cluster) + u'/' + key); }

void Preferences::setClusterValue(const QString& cluster, const QString& key, const QVariant& value)
{
    m_settings.setValue(groupOf(cluster) + u'/' + key, value);
}

void Preferences::forgetCluster(const QString& cluster) { m_settings.remove(groupOf(cluster)); }

} // namespace kates::app
