#include "app/base/age.h"

#include "app/base/text.h"

namespace kates::app {

namespace {

constexpr qint64 kMinute = 60;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;
constexpr qint64 kYear = 365 * kDay;

// "3h20m", or "3h" when the smaller part is zero.
QString pair(qint64 seconds, qint64 large, char largeUnit, qint64 small, char smallUnit)
{
    QString text = QString::number(seconds / large) + QLatin1Char(largeUnit);
    if (const qint64 rest = seconds % large / small)
        text += QString::number(rest) + QLatin1Char(smallUnit);
    return text;
}

} // namespace

QString humanDuration(qint64 seconds)
{
    if (seconds < -1)
        return QStringLiteral("<invalid>");
    if (seconds < 0)
        return QStringLiteral("0s");
    if (seconds < 2 * kMinute)
        return QString::number(seconds) + u's';
    if (seconds < 10 * kMinute)
        return pair(seconds, kMinute, 'm', 1, 's');
    if (seconds < 3 * kHour)
        return QString::number(seconds / kMinute) + u'm';
    if (seconds < 8 * kHour)
        return pair(seconds, kHour, 'h', kMinute, 'm');
    if (seconds < 2 * kDay)
        return QString::number(seconds / kHour) + u'h';
    if (seconds < 8 * kDay)
        return pair(seconds, kDay, 'd', kHour, 'h');
    if (seconds < 2 * kYear)
        return QString::number(seconds / kDay) + u'd';
    if (seconds < 8 * kYear)
        return pair(seconds, kYear, 'y', kDay, 'd');
    return QString::number(seconds / kYear) + u'y';
}

QDateTime parseTimestamp(std::string_view text) { return text.empty() ? QDateTime() : QDateTime::fromString(toQString(text), Qt::ISODateWithMs); }

QString ageOf(std::string_view timestamp, const QDateTime& now)
{
    const QDateTime then = parseTimestamp(timestamp);
    return then.isValid() ? humanDuration(then.secsTo(now)) : QString();
}

QString shortDuration(qint64 milliseconds)
{
    if (milliseconds < 1000)
        return QStringLiteral("%1 ms").arg(milliseconds);
    if (milliseconds < 10'000)
        return QStringLiteral("%1 s").arg(double(milliseconds) / 1000, 0, 'f', 1);
    if (milliseconds < 120'000)
        return QStringLiteral("%1 s").arg(milliseconds / 1000);
    return QStringLiteral("%1 min %2 s").arg(milliseconds / 60'000).arg(milliseconds / 1000 % 60);
}

} // namespace kates::app
