// The ways to give a container its root file system, each forced.
#include "tests/support/image_builder.h"
#include "tests/support/run_as.h"
#include "tests/support/runtime_harness.h"

using namespace kates;
using namespace kates::test;
namespace fs = std::filesystem;

class OciRootfsTest : public QObject {
    Q_OBJECT
private slots:
    void layersDeletionsAndWrites_data();
    void layersDeletionsAndWrites();
};

void OciRootfsTest::layersDeletionsAndWrites_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("overlay") << int(RootfsKind::Overlay);
    QTest::newRow("fuse-overlayfs") << int(RootfsKind::FuseOverlay);
    QTest::newRow("copy") << int(RootfsKind::Copy);
}

void OciRootfsTest::layersDeletionsAndWrites()
{
    QFETCH(int, kind);
    if (RootfsKind(kind) == RootfsKind::FuseOverlay && ::access("/dev/fuse", R_OK | W_OK) != 0)
        QSKIP("/dev/fuse may not be used here");
    RuntimeHarness t(RuntimeHarness::Kind::Oci, {"crun", "runc"}, RootfsKind(kind));
    TarBuilder base, top;
    base.file("bin/busybox", readFile("/bin/busybox").value(), {.mode = 0755}).symlink("bin/sh", "busybox");
    base.file("a", "below").file("gone", "g").file("hidden/old", "o");
    top.file("a", "above").file(".wh.gone", "").file("hidden/.wh..wh..opq", "").file("hidden/new", "n");
    const auto archive = t.directory() / "image.tar";
    t.check(writeFileAtomically(archive, layoutTar(buildImage({base.finish(), top.finish()}), "test/rootfs:1").finish()));
    t.value(loadImages(*ImageStore::open(t.imageStore()).value(), archive));
    auto config = t.containerConfig({"/bin/busybox", "sh", "-c",
        "b=/bin/busybox; $b cat /a; $b ls /gone 2>/dev/null; $b ls /hidden; echo changed > /a; $b rm /hidden/new; $b cat /a; $b ls /hidden"});
    config.image = "test/rootfs:1";
    config.imageDigest = t.runtime().image(config.image)->digest;
    const auto pod = t.sandbox();
    for (int twice = 0; twice < 2; ++twice) { // the second one does not see what the first one wrote
        QCOMPARE(t.runToEnd(pod, config), std::string("abovenew\nchanged\n"));
        config.attempt = 1;
        config.logPath = "main/1.log";
    }
    t.check(t.await(t.runtime().removePodSandbox(pod)));
    QVERIFY(fs::is_empty(t.runtimeDirectory() / "containers"));
}

KATES_RUNTIME_TEST_MAIN(OciRootfsTest)
#include "tst_oci_rootfs.moc"
