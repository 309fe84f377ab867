#include <QtTest>

#include "engine/base/files.h"
#include "engine/base/time.h"
#include "engine/kubelet/volumes/atomic_writer.h"

using namespace kates;
using namespace kates::kubelet;
namespace fs = std::filesystem;

class AtomicWriterTest : public QObject {
    Q_OBJECT
private slots:
    void filesAreReplacedTogether()
    {
        auto directory = TemporaryDirectory::create();
        const fs::path root = directory->path() / "v";
        QVERIFY(writeProjectedFiles(root, {{"a", {"1", 0644}}, {"sub/b", {"2", 0600}}, {"old", {"x", 0644}}}, *parseTime("2026-01-01T00:00:00Z")).has_value());
        QCOMPARE(*readFile(root / "a"), std::string("1"));
        QCOMPARE(*readFile(root / "sub/b"), std::string("2"));
        QVERIFY(writeProjectedFiles(root, {{"a", {"3", 0644}}, {"sub/b", {"4", 0600}}}, *parseTime("2026-01-01T00:00:01Z")).has_value());
        QCOMPARE(*readFile(root / "a"), std::string("3"));
        QVERIFY(!fs::exists(fs::symlink_status(root / "old")));
        int versions = 0;
        for (const auto& entry : fs::directory_iterator(root))
            versions += entry.is_directory() && !entry.is_symlink();
        QCOMPARE(versions, 1);
    }
    void pathsMayNotLeaveTheVolume()
    {
        auto directory = TemporaryDirectory::create();
        for (std::string path : {"../x", "/etc/x", "a/../../x", "", "..data"})
            QVERIFY2(!writeProjectedFiles(directory->path() / "v", {{path, {"x", 0644}}}, {}).has_value(), path.c_str());
    }
};

QTEST_GUILESS_MAIN(AtomicWriterTest)
#include "tst_atomic_writer.moc"
