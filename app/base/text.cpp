#include "app/base/text.h"

namespace kates::app {

namespace {

bool changesDirection(char16_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

bool isControl(char16_t c) { return (c < 0x20 && c != u'\n' && c != u'\t') || (c >= 0x7F && c <= 0x9F); }

QChar pictureOf(char16_t control)
{
    if (control < 0x20)
        return QChar(char16_t(0x2400 + control));
    return QChar(char16_t(control == 0x7F ? 0x2421 : 0xFFFD));
}

} // namespace

bool naturallyBefore(const QString& left, const QString& right)
{
    qsizetype l = 0, r = 0;
    const auto number = [](const QString& text, qsizetype& at) {
        quint64 value = 0;
        for (; at < text.size() && text[at].isDigit(); ++at)
            value = value * 10 + quint64(text[at].digitValue());
        return value;
    };
    while (l < left.size() && r < right.size()) {
        if (left[l].isDigit() && right[r].isDigit()) {
            const quint64 leftNumber = number(left, l), rightNumber = number(right, r);
            if (leftNumber != rightNumber)
                return leftNumber < rightNumber;
        } else if (left[l] != right[r]) {
            return left[l] < right[r];
        } else {
            ++l, ++r;
        }
    }
    return left.size() - l < right.size() - r;
}

QString displayText(std::string_view utf8, qsizetype charactersMax)
{
    // A character takes four bytes at most, so nothing beyond this can be shown.
    const bool cut = utf8.size() > std::size_t(charactersMax) * 4;
    QString text = toQString(cut ? utf8.substr(0, std::size_t(charactersMax) * 4) : utf8);
    const bool tooLong = cut || text.size() > charactersMax;
    text.truncate(charactersMax);
    bool clean = true;
    for (const QChar c : std::as_const(text))
        clean = clean && !isControl(c.unicode()) && !changesDirection(c.unicode());
    if (!clean) {
        text.removeIf([](QChar c) { return changesDirection(c.unicode()); });
        for (QChar& c : text) {
            if (isControl(c.unicode()))
                c = pictureOf(c.unicode());
        }
    }
    if (tooLong)
        text += u'…';
    return text;
}

} // namespace kates::app
