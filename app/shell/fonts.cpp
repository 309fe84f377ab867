#include "app/shell/fonts.h"

#include <QFontDatabase>

namespace kates::app {

namespace {

QString firstOf(const QStringList& families, QFontDatabase::SystemFont otherwise)
{
    for (const QString& family : families) {
        if (QFontDatabase::hasFamily(family))
            return family;
    }
    return QFontDatabase::systemFont(otherwise).family();
}

} // namespace

QString Fonts::sans()
{
    return firstOf({ QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans") }, QFontDatabase::GeneralFont);
}

QString Fonts::monospace()
{
    return firstOf(
        { QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono"), QStringLiteral("DejaVu Sans Mono") }, QFontDatabase::FixedFont);
}

} // namespace kates::app
