#include "app/dock/log_text.h"

#include <QDateTime>
#include <QTimeZone>

#include <array>

#include "app/base/text.h"

namespace kates::app {

namespace {

constexpr qint64 kSecond = 1'000'000'000;
constexpr qsizetype kParametersMax = 32; // of one escape sequence

struct Range {
    char32_t first, last;
};

// East Asian Width W and F, and the emoji that terminals draw wide (Unicode 15, EastAsianWidth.txt), in rough blocks.
constexpr std::array<Range, 14> kWide { { { 0x1100, 0x115F }, { 0x2E80, 0x303E }, { 0x3041, 0x33FF }, { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF },
    { 0xA000, 0xA4CF }, { 0xA960, 0xA97F }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF }, { 0xFE30, 0xFE6F }, { 0xFF00, 0xFF60 }, { 0xFFE0, 0xFFE6 },
    { 0x1F300, 0x1FAFF }, { 0x20000, 0x3FFFD } } };

QRgb paletteRgb(int index)
{
    if (index >= 232) {
        const int grey = 8 + (index - 232) * 10;
        return qRgb(grey, grey, grey);
    }
    const auto level = [](int step) { return step == 0 ? 0 : 55 + step * 40; };
    const int cube = index - 16;
    return qRgb(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
}

AnsiColor paletteColor(int index) { return index < 16 ? AnsiColor { qint16(index), 0 } : AnsiColor { AnsiColor::kRgb, paletteRgb(index) }; }

// 38 and 48: "5;N" or "2;R;G;B". Moves `at` to the last parameter that was taken.
AnsiColor extendedColor(const QList<int>& parameters, qsizetype& at)
{
    const auto byte = [&](qsizetype i) { return std::clamp(parameters.value(i), 0, 255); };
    if (parameters.value(at + 1) == 5) {
        at += 2;
        return paletteColor(byte(at));
    }
    if (parameters.value(at + 1) == 2) {
        at += 4;
        return { AnsiColor::kRgb, qRgb(byte(at - 2), byte(at - 1), byte(at)) };
    }
    at = parameters.size();
    return {};
}

void applySgr(LogStyle& style, const QList<int>& parameters)
{
    for (qsizetype at = 0; at < parameters.size(); ++at) {
        const int code = parameters[at];
        if (code == 0)
            style = {};
        else if (code == 1 || code == 22)
            style.bold = code == 1;
        else if (code == 3 || code == 23)
            style.italic = code == 3;
        else if (code == 4 || code == 24)
            style.underline = code == 4;
        else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97))
            style.foreground = paletteColor(code >= 90 ? code - 82 : code - 30);
        else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107))
            style.background = paletteColor(code >= 100 ? code - 92 : code - 40);
        else if (code == 38 || code == 48)
            (code == 38 ? style.foreground : style.background) = extendedColor(parameters, at);
        else if (code == 39 || code == 49)
            (code == 39 ? style.foreground : style.background) = {};
    }
}

bool isPlain(const LogStyle& style)
{
    return style.foreground == AnsiColor() && style.background == AnsiColor() && !style.bold && !style.italic && !style.underline;
}

// Takes one escape sequence at its ESC; gives where the text goes on. Only SGR means something.
qsizetype takeEscape(QByteArrayView bytes, qsizetype at, LogStyle& style)
{
    const char kind = at + 1 < bytes.size() ? bytes[at + 1] : 0;
    if (kind == '[') {
        QList<int> parameters { 0 };
        for (at += 2; at < bytes.size() && bytes[at] >= 0x20 && bytes[at] <= 0x3F; ++at) {
            const char c = bytes[at];
            if (c >= '0' && c <= '9')
                parameters.last() = std::min(9999, parameters.last() * 10 + (c - '0'));
            else if ((c == ';' || c == ':') && parameters.size() < kParametersMax)
                parameters.append(0);
        }
        if (at < bytes.size() && bytes[at] == 'm')
            applySgr(style, parameters);
        return std::min(at + 1, bytes.size());
    }
    if (kind == ']' || kind == 'P' || kind == '_' || kind == '^' || kind == 'X') { // a string, up to BEL or ESC backslash
        for (at += 2; at < bytes.size(); ++at) {
            if (bytes[at] == '\a')
                return at + 1;
            if (bytes[at] == 0x1B)
                return std::min(at + 2, bytes.size());
        }
        return bytes.size();
    }
    return std::min(at + (kind >= 0x20 && kind <= 0x2F ? 3 : 2), bytes.size());
}

int digits(QByteArrayView text, qsizetype from, qsizetype count)
{
    int value = 0;
    for (qsizetype i = from; i < from + count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

} // namespace

std::optional<std::pair<qint64, QByteArrayView>> splitLogStamp(QByteArrayView line)
{
    constexpr qsizetype kStampMax = 40;
    const qsizetype end = line.first(std::min(line.size(), kStampMax)).indexOf(' ');
    const QByteArrayView stamp = end >= 0 ? line.first(end) : line.size() < kStampMax ? line : QByteArrayView();
    if (stamp.size() < 20 || stamp[4] != '-' || stamp[7] != '-' || stamp[10] != 'T' || stamp[13] != ':' || stamp[16] != ':')
        return std::nullopt;
    const QDate date(digits(stamp, 0, 4), digits(stamp, 5, 2), digits(stamp, 8, 2));
    const int hours = digits(stamp, 11, 2), minutes = digits(stamp, 14, 2), seconds = digits(stamp, 17, 2);
    if (!date.isValid() || hours < 0 || minutes < 0 || seconds < 0)
        return std::nullopt;
    qsizetype at = 19;
    qint64 fraction = 0, scale = kSecond;
    if (stamp[at] == '.') {
        for (++at; at < stamp.size() && stamp[at] >= '0' && stamp[at] <= '9'; ++at) {
            scale /= 10;
            fraction += scale * (stamp[at] - '0');
        }
    }
    qint64 offset = 0;
    if (at + 6 == stamp.size() && (stamp[at] == '+' || stamp[at] == '-')) {
        const int offsetHours = digits(stamp, at + 1, 2), offsetMinutes = digits(stamp, at + 4, 2);
        if (offsetHours < 0 || offsetMinutes < 0)
            return std::nullopt;
        offset = (offsetHours * 60 + offsetMinutes) * (stamp[at] == '-' ? -60 : 60);
    } else if (at + 1 != stamp.size() || stamp[at] != 'Z') {
        return std::nullopt;
    }
    const qint64 days = QDate(1970, 1, 1).daysTo(date);
    const qint64 time = (((days * 24 + hours) * 60 + minutes) * 60 + seconds - offset) * kSecond + fraction;
    return std::pair(time, end >= 0 ? line.sliced(end + 1) : QByteArrayView());
}

void setLogText(LogLine& line, QByteArrayView bytes)
{
    if (bytes.endsWith('\r'))
        bytes.chop(1);
    line.text.clear();
    line.styles.clear();
    LogStyle style;
    for (qsizetype at = 0; at < bytes.size() && line.text.size() <= kLogLineMax;) {
        if (bytes[at] == 0x1B) {
            at = takeEscape(bytes, at, style);
            continue;
        }
        qsizetype end = bytes.indexOf(char(0x1B), at);
        end = end < 0 ? bytes.size() : end;
        const qsizetype start = line.text.size();
        line.text += displayText({ bytes.data() + at, std::size_t(end - at) }, kLogLineMax - start + 1);
        if (!isPlain(style) && line.styles.size() < kLogStylesMax) {
            style.start = start;
            style.length = line.text.size() - start;
            line.styles.append(style);
        }
        at = end;
    }
    if (line.text.size() > kLogLineMax) {
        line.text.truncate(kLogLineMax - 1);
        line.text += u'…';
    }
    line.text.replace(u'\t', QLatin1String("    "));
    line.narrow = std::all_of(line.text.cbegin(), line.text.cend(), [](QChar c) { return c.unicode() < 0x300; });
}

int cellWidth(char32_t character)
{
    if (character < 0x300)
        return 1;
    const auto category = QChar::category(character);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing || category == QChar::Other_Format)
        return 0;
    for (const Range& range : kWide) {
        if (character >= range.first && character <= range.last)
            return 2;
    }
    return 1;
}

QString logStamp(qint64 time)
{
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(time / kSecond, Qt::UTC);
    return moment.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.")) + QStringLiteral("%1Z").arg(time % kSecond, 9, 10, QLatin1Char('0'));
}

QString logClock(qint64 time)
{
    const QTime clock = QTime::fromMSecsSinceStartOfDay(int(time / 1'000'000 % 86'400'000));
    return clock.toString(QStringLiteral("HH:mm:ss.zzz"));
}

} // namespace kates::app
