#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QtTest>

#include "app/dock/terminal_screen.h"

using namespace kates::app;

class TestTerminalScreen : public QObject {
    Q_OBJECT
private slots:
    void textColoursAndWideCharacters()
    {
        TerminalScreen screen(4, 20);
        screen.write("a\x1b[1;31mred\x1b[0m \xe6\xbc\xa2x\x1b[38;2;1;2;3mt");
        QCOMPARE(screen.text(0, 0, 0, 19), QStringLiteral("ared \u6f22xt"));
        QVERIFY(screen.cell(0, 1).bold);
        QCOMPARE(screen.cell(0, 1).foreground, 1);
        QCOMPARE(screen.cell(0, 5).width, 2);
        QCOMPARE(screen.cell(0, 7).text, QStringLiteral("x"));
        QCOMPARE(screen.cell(0, 8).foregroundRgb, qRgb(1, 2, 3));
        QCOMPARE(screen.cursorColumn(), 9);
    }

    void theAlternateScreenComesAndGoes()
    {
        TerminalScreen screen(3, 20);
        screen.write("shell$ \x1b[?1049h\x1b[H\x1b[2Jvi");
        QVERIFY(screen.alternate());
        QCOMPARE(screen.text(0, 0, 0, 19), QStringLiteral("vi"));
        screen.write("\x1b[?1049l");
        QVERIFY(!screen.alternate());
        QCOMPARE(screen.text(0, 0, 0, 19), QStringLiteral("shell$"));
        screen.write("\x1b[?1049h");
        screen.restart();
        QVERIFY(!screen.alternate());
    }

    void whatScrollsAwayCanBeLookedAt()
    {
        TerminalScreen screen(3, 20);
        for (int i = 0; i < 10; ++i)
            screen.write("line " + QByteArray::number(i) + "\r\n");
        QCOMPARE(screen.scrollback(), 8);
        QCOMPARE(screen.pushed(), 8);
        QCOMPARE(screen.text(-8, 0, -7, 19), QStringLiteral("line 0\nline 1"));
        QCOMPARE(screen.text(-1, 0, 0, 19), QStringLiteral("line 7\nline 8"));
    }

    void keysAndPaste()
    {
        TerminalScreen screen(3, 20);
        QByteArray typed;
        screen.written = [&](const QByteArray& bytes) { typed += bytes; };
        screen.key(Qt::Key_C, Qt::ControlModifier, QStringLiteral("\x03"));
        screen.key(Qt::Key_Up, Qt::NoModifier, {});
        screen.key(Qt::Key_Colon, Qt::ShiftModifier, QStringLiteral(":"));
        screen.key(0, Qt::NoModifier, QStringLiteral("\u00e9"));
        QCOMPARE(typed, QByteArray("\x03\x1b[A:\xc3\xa9"));
        typed.clear();
        screen.write("\x1b[?1h");
        screen.key(Qt::Key_Up, Qt::NoModifier, {});
        QCOMPARE(typed, QByteArray("\x1bOA"));
        typed.clear();
        screen.paste(QStringLiteral("a\r\nb\x1b[201~c"));
        QCOMPARE(typed, QByteArray("a\rb[201~c"));
        typed.clear();
        screen.write("\x1b[?2004h");
        screen.paste(QStringLiteral("x"));
        QCOMPARE(typed, QByteArray("\x1b[200~x\x1b[201~"));
    }

    void sizesAreClamped()
    {
        TerminalScreen screen(3, 20);
        screen.resize(100'000, 1);
        QCOMPARE(screen.rows(), kTerminalRowsMax);
        QCOMPARE(screen.columns(), 4);
        screen.write("abcdefgh");
        screen.resize(2, 100'000);
        QCOMPARE(screen.columns(), kTerminalColumnsMax);
    }

    // Whatever a program writes: nothing crashes, nothing grows without bound, a megabyte is through within a second.
    void floodsStayBounded_data()
    {
        QTest::addColumn<QByteArray>("piece");
        QTest::newRow("lines") << QByteArray("y\r\n");
        QTest::newRow("long line") << QByteArray(1000, 'x');
        QTest::newRow("colours") << QByteArray("\x1b[31mx\x1b[48;5;200my\x1b[0m");
        QTest::newRow("title") << "\x1b]0;" + QByteArray(5000, 't') + "\x07";
        QTest::newRow("endless string") << "\x1bP" + QByteArray(5000, 'q');
        QTest::newRow("cursor") << QByteArray("\x1b[9999999;9999999H\x1b[9999999A\x1b[99999999@\x1b[99999999L");
        QTest::newRow("repeat") << QByteArray("x\x1b[99999999b");
        QTest::newRow("resize") << QByteArray("\x1b[8;9999;9999t\x1b[?1049h\x1b[?1049l");
        QTest::newRow("broken utf-8") << QByteArray("\xff\xc3\xf0\x90\x28\xbc\xed\xa0\x80");
        QTest::newRow("combining") << "e" + QByteArray("\xcc\x81").repeated(500);
        QTest::newRow("questions") << QByteArray("\x1b[c\x1b[6n\x1b[5n\x05");
    }
    void floodsStayBounded()
    {
        QFETCH(QByteArray, piece);
        TerminalScreen screen(24, 80);
        QElapsedTimer clock;
        clock.start();
        qsizetype answered = 0;
        screen.written = [&](const QByteArray& bytes) { answered += bytes.size(); };
        for (qsizetype sent = 0; sent < 1 << 20 && clock.elapsed() < 3000; sent += piece.size())
            screen.write(piece);
        QVERIFY2(clock.elapsed() < 3000, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(screen.scrollback() <= kScrollbackLines);
        QCOMPARE(screen.rows(), 24);
        QCOMPARE(screen.columns(), 80);
        QVERIFY(answered < 8 << 20);
    }

    void noise()
    {
        auto random = QRandomGenerator(3);
        TerminalScreen screen(24, 80);
        for (int i = 0; i < 200; ++i) {
            QByteArray bytes(2000, 0);
            for (char& byte : bytes)
                byte = random.bounded(4) == 0 ? "\x1b[;?0123mHJKhlL@"[random.bounded(16)] : char(random.bounded(256));
            screen.write(bytes);
            if (i % 20 == 0)
                screen.resize(int(random.bounded(2, 60)), int(random.bounded(4, 200)));
        }
        screen.restart();
        screen.write("\x1b" "cdone");
        QCOMPARE(screen.text(0, 0, 0, 10), QStringLiteral("done"));
    }
};

QTEST_GUILESS_MAIN(TestTerminalScreen)
#include "tst_app_terminal_screen.moc"
