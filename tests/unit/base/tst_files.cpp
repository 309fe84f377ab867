#include <QtTest>

#include <sys/stat.h>

#include "engine/base/files.h"

using namespace kates;

class FilesTest : public QObject {
    Q_OBJECT
private slots:
    void aWriteReplacesTheWholeFile()
    {
        auto directory = TemporaryDirectory::create();
        QVERIFY(directory.has_value());
        auto file = directory->path() / "secret";
        QVERIFY(writeFileAtomically(file, "a longer first version", 0600).has_value());
        QVERIFY(writeFileAtomically(file, "second", 0600).has_value());
        QCOMPARE(*readFile(file), std::string("second"));
        struct stat information { };
        QCOMPARE(::stat(file.c_str(), &information), 0);
        QCOMPARE(information.st_mode & 0777, 0600u);
        int entries = 0;
        for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(directory->path()))
            ++entries;
        QCOMPARE(entries, 1);
    }
    void errorsNameTheFile()
    {
        auto missing = readFile("/no/such/file");
        QCOMPARE(missing.error().systemError, ENOENT);
        QCOMPARE(missing.error().message, std::string("read /no/such/file: No such file or directory"));
        QVERIFY(!writeFileAtomically("/no/such/file", "x").has_value());
    }
    void readingIsBounded()
    {
        auto endless = readFile("/dev/zero", 1000);
        QVERIFY(!endless.has_value());
        QCOMPARE(endless.error().systemError, EFBIG);
    }
    void aTemporaryDirectoryGoesWithItsContent()
    {
        std::filesystem::path path;
        {
            auto directory = TemporaryDirectory::create();
            path = directory->path();
            QVERIFY(makeDirectories(path / "a/b/c").has_value());
        }
        QVERIFY(!std::filesystem::exists(path));
    }
};

QTEST_GUILESS_MAIN(FilesTest)
#include "tst_files.moc"
