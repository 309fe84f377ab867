#include <QtTest>

#include "engine/base/base64.h"

using namespace kates;

class Base64Test : public QObject {
    Q_OBJECT
private slots:
    void everyLengthRoundTrips()
    {
        std::string bytes;
        for (int i = 0; i < 300; ++i) {
            QCOMPARE(decodeBase64(encodeBase64(bytes)), bytes);
            QCOMPARE(decodeBase64Url(encodeBase64Url(bytes)), bytes);
            QCOMPARE(QByteArray::fromStdString(encodeBase64(bytes)), QByteArray::fromStdString(bytes).toBase64());
            bytes += static_cast<char>(i * 37);
        }
    }
    void nonsenseIsRefused()
    {
        for (std::string text : {"A", "A===", "AA=A", "A*==", "_-=="})
            QVERIFY2(!decodeBase64(text), text.c_str());
        QCOMPARE(decodeBase64("aGk\n="), std::string("hi"));
    }
};

QTEST_GUILESS_MAIN(Base64Test)
#include "tst_base64.moc"
