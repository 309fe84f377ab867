#include "app/shell/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace kates::app {

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_window);
    QCoreApplication::removeTranslator(&m_qt);
}

void Language::set(const QString& language)
{
    QCoreApplication::removeTranslator(&m_window);
    QCoreApplication::removeTranslator(&m_qt);
    const bool chosen = language == QLatin1String("en") || language == QLatin1String("de");
    const QLocale locale = chosen ? QLocale(language) : QLocale::system();
    // A computer whose first language is English wants English, even when it lists others.
    const bool english = locale.language() == QLocale::C || locale.uiLanguages().value(0).startsWith(QLatin1String("en"));
    const QString window = QStringLiteral(":/kates/translations");
    if (english || !m_window.load(locale, QStringLiteral("kates"), QStringLiteral("_"), window)) {
        if (m_window.load(QStringLiteral("kates_en"), window))
            QCoreApplication::installTranslator(&m_window);
        return;
    }
    QCoreApplication::installTranslator(&m_window);
    if (m_qt.load(locale, QStringLiteral("qt"), QStringLiteral("_"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
}

} // namespace kates::app
