#include <QtTest>

#include "engine/base/shell_word.h"

using kates::shellWord;

class ShellWordTest : public QObject {
    Q_OBJECT
private slots:
    void plainWordsStayAsTheyAre() { QCOMPARE(shellWord("--user=a.b@c:8080/x,y+z_1%"), std::string("--user=a.b@c:8080/x,y+z_1%")); }
    void othersAreQuoted()
    {
        QCOMPARE(shellWord(""), std::string("''"));
        QCOMPARE(shellWord("a b"), std::string("'a b'"));
        QCOMPARE(shellWord("$(rm)"), std::string("'$(rm)'"));
        QCOMPARE(shellWord("it's"), std::string("'it'\\''s'"));
        QCOMPARE(shellWord("a\nb"), std::string("'a\nb'"));
    }
};

QTEST_GUILESS_MAIN(ShellWordTest)
#include "tst_shell_word.moc"
