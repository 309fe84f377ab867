#include "engine/runtime/image/unpack/layer_unpacker.h"

#include <QtTest>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <zlib.h>

#include "engine/base/files.h"
#include "tests/support/tar_builder.h"

using namespace kates;
using namespace kates::runtime;
using kates::test::TarBuilder;
namespace fs = std::filesystem;

class LayerUnpackerTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void plainGzipAndNamesInOtherScripts();
    void hostileNamesAreRefused_data();
    void hostileNamesAreRefused();
    void nothingIsWrittenThroughALink();
    void hardLinksStayInside();
    void whiteoutsAreRecordedForOverlayfs();
    void whiteoutsInPlaceRemoveOnlyWhatLaysBelow();
    void directoriesThatTheTarDoesNotNameLookLikeThoseBelow();
    void attributesOfOverlayfsAreDropped();
    void devicesAreMadeOrSkipped();
    void bombsStopAtTheLimit();
    void damageIsNoticed();
    void anotherContentThanPromisedIsRefused();
    void aStopRequestInterrupts();

private:
    Result<UnpackStatistics> unpack(const std::string& bytes, const std::string& tar, const UnpackLimits& limits = {}, std::stop_token stop = {});
    Result<UnpackStatistics> unpack(const TarBuilder& tar) { return unpack(tar.finish(), tar.finish()); }
    std::string read(const std::string& path) { return readFile(m_root / path).value_or("<none>"); }
    struct stat info(const std::string& path)
    {
        struct stat result {};
        ::lstat((m_root / path).c_str(), &result);
        return result;
    }
    std::optional<TemporaryDirectory> m_directory;
    fs::path m_root;
    std::vector<fs::path> m_lower; // nearest first
    WhiteoutStyle m_style = WhiteoutStyle::Overlay;
};

namespace {

OwnedFd inMemory(const std::string& bytes)
{
    OwnedFd file(::memfd_create("layer", MFD_CLOEXEC));
    if (::write(file.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
        return {};
    ::lseek(file.get(), 0, SEEK_SET);
    return file;
}

std::string gzip(const std::string& bytes)
{
    z_stream stream {};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

} // namespace

void LayerUnpackerTest::init()
{
    m_directory.reset();
    m_directory.emplace(std::move(TemporaryDirectory::create().value()));
    m_root = m_directory->path() / "layer";
    fs::create_directory(m_root);
    m_lower.clear();
    m_style = WhiteoutStyle::Overlay;
}

Result<UnpackStatistics> LayerUnpackerTest::unpack(const std::string& bytes, const std::string& tar, const UnpackLimits& limits, std::stop_token stop)
{
    const auto blob = inMemory(bytes);
    const OwnedFd root(::open(m_root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    UnpackTarget target {.root = root.get(), .whiteouts = m_style};
    std::vector<OwnedFd> lower;
    for (const auto& path : m_lower) {
        lower.emplace_back(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        target.lower.push_back(lower.back().get());
    }
    return unpackLayer(blob.get(), Digest::of(tar), target, limits, std::move(stop));
}

void LayerUnpackerTest::plainGzipAndNamesInOtherScripts()
{
    TarBuilder tar;
    tar.directory("./").directory("etc/").file("etc/motd", "hello", {.mode = 0600}).symlink("motd", "/etc/motd");
    tar.file("x", "salut", {.extra = {{"path", "été/日本"}}});
    for (const auto& bytes : {tar.finish(), gzip(tar.finish())}) {
        init();
        const auto result = unpack(bytes, tar.finish());
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        QCOMPARE(read("etc/motd"), std::string("hello"));
        QCOMPARE(info("etc/motd").st_mode & 07777, 0600u);
        QCOMPARE(fs::read_symlink(m_root / "motd"), fs::path("/etc/motd"));
        QCOMPARE(read("été/日本"), std::string("salut"));
    }
}

void LayerUnpackerTest::hostileNamesAreRefused_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("parent") << QByteArray("../evil") << QByteArray("\"..\"");
    QTest::newRow("parent inside") << QByteArray("a/../../evil") << QByteArray("\"..\"");
    QTest::newRow("whiteout of the parent") << QByteArray("a/.wh...") << QByteArray("names nothing");
    QTest::newRow("whiteout of the directory itself") << QByteArray("a/.wh..") << QByteArray("names nothing");
    QTest::newRow("whiteout of nothing") << QByteArray("a/.wh.") << QByteArray("names nothing");
    QTest::newRow("long name") << QByteArray(300, 'n') << QByteArray("longer than");
    QTest::newRow("long path") << QByteArray("a/").repeated(3000) + "b" << QByteArray("longer than");
    QTest::newRow("deep path") << QByteArray("a/").repeated(300) + "b" << QByteArray("deeper than");
    QTest::newRow("the root as a file") << QByteArray(".") << QByteArray("root");
}

void LayerUnpackerTest::hostileNamesAreRefused()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, words);
    TarBuilder tar;
    tar.file("x", "evil", {.extra = {{"path", name.toStdString()}}});
    const auto result = unpack(tar);
    QVERIFY(!result);
    QVERIFY2(result.error().message.find(words.toStdString()) != std::string::npos, result.error().message.c_str());
    QVERIFY(!fs::exists(m_directory->path() / "evil"));
}

void LayerUnpackerTest::nothingIsWrittenThroughALink()
{
    const auto outside = m_directory->path() / "outside";
    fs::create_directory(outside);
    TarBuilder tar;
    tar.symlink("absolute", outside.string()).file("absolute/passwd", "inside");
    tar.symlink("relative", "../../outside").file("relative/shadow", "inside too");
    tar.symlink("victim", (outside / "victim").string()).file("victim", "replaced the link");
    tar.file("/etc/absolute", "confined");
    const auto result = unpack(tar);
    QVERIFY2(result, result ? "" : result.error().message.c_str());
    QVERIFY(fs::is_empty(outside));
    // As a container would see it: the link is followed from the layer's root.
    QCOMPARE(read(outside.string().substr(1) + "/passwd"), std::string("inside"));
    QCOMPARE(read("outside/shadow"), std::string("inside too"));
    QCOMPARE(read("victim"), std::string("replaced the link"));
    QCOMPARE(read("etc/absolute"), std::string("confined"));

    init();
    TarBuilder loop;
    loop.symlink("a", "b").symlink("b", "a").file("a/x", "never");
    const auto looped = unpack(loop);
    QVERIFY(!looped);
    QVERIFY(looped.error().message.find("symbolic links") != std::string::npos);
}

void LayerUnpackerTest::hardLinksStayInside()
{
    TarBuilder good;
    good.file("a", "one").hardlink("b", "/a");
    QVERIFY(unpack(good));
    QCOMPARE(info("a").st_ino, info("b").st_ino);

    for (const bool throughLink : {false, true}) {
        init();
        const auto secret = m_directory->path() / "secret";
        QVERIFY(writeFileAtomically(secret, "secret"));
        TarBuilder tar;
        if (throughLink)
            tar.symlink("door", m_directory->path().string()).hardlink("stolen", "door/secret");
        else
            tar.hardlink("stolen", "../secret");
        QVERIFY(!unpack(tar));
        QVERIFY(!fs::exists(m_root / "stolen"));
        QCOMPARE(fs::hard_link_count(secret), 1u);
    }
}

void LayerUnpackerTest::whiteoutsAreRecordedForOverlayfs()
{
    if (::geteuid() != 0)
        QSKIP("deletion markers need uid 0, also in a user namespace");
    TarBuilder tar;
    tar.directory("d").file("d/.wh.gone", "").file("opaque/.wh..wh..opq", "").file("opaque/new", "n");
    tar.file(".wh.replaced", "").directory("replaced").file("replaced/x", "x");
    tar.file("kept", "k").file(".wh.kept", "").file(".wh..wh.plnk", "");
    const auto result = unpack(tar);
    QVERIFY2(result, result ? "" : result.error().message.c_str());
    QVERIFY(S_ISCHR(info("d/gone").st_mode) && info("d/gone").st_rdev == makedev(0, 0));
    auto opaque = [&](const char* path) {
        char value = 0;
        return ::getxattr((m_root / path).c_str(), "user.overlay.opaque", &value, 1) == 1 && value == 'y';
    };
    QVERIFY(opaque("opaque"));
    QVERIFY(opaque("replaced")); // a directory that takes the place of a deleted one hides its content
    QVERIFY(!opaque("d"));
    QCOMPARE(read("kept"), std::string("k"));
    QVERIFY(!fs::exists(fs::symlink_status(m_root / ".wh..wh.plnk")));
}

void LayerUnpackerTest::whiteoutsInPlaceRemoveOnlyWhatLaysBelow()
{
    m_style = WhiteoutStyle::InPlace;
    TarBuilder base;
    base.file("d/gone", "g").file("d/stays", "s").file("opaque/old", "o").file("opaque/sub/old", "o").file("tree/x/y", "y");
    QVERIFY(unpack(base));
    TarBuilder next;
    next.file("d/.wh.gone", "").file("opaque/new", "n").file("opaque/sub/new", "n").file("opaque/.wh..wh..opq", "").file(".wh.tree", "");
    const auto result = unpack(next);
    QVERIFY2(result, result ? "" : result.error().message.c_str());
    QCOMPARE(read("d/gone"), std::string("<none>"));
    QCOMPARE(read("d/stays"), std::string("s"));
    QCOMPARE(read("opaque/old"), std::string("<none>"));
    QCOMPARE(read("opaque/new"), std::string("n"));
    QVERIFY(!fs::exists(m_root / "tree"));
}

void LayerUnpackerTest::directoriesThatTheTarDoesNotNameLookLikeThoseBelow()
{
    const auto below = m_directory->path() / "below";
    fs::create_directories(below / "usr/lib");
    fs::create_directory(below / "tmp");
    fs::create_symlink("usr/lib", below / "lib");
    ::chmod((below / "tmp").c_str(), 01777);
    m_lower = {below};
    TarBuilder tar;
    tar.file("tmp/x", "x").file("lib/libx.so", "so").file("new/y", "y");
    const auto result = unpack(tar);
    QVERIFY2(result, result ? "" : result.error().message.c_str());
    QCOMPARE(info("tmp").st_mode & 07777, 01777u);
    QCOMPARE(info("new").st_mode & 07777, 0755u);
    QCOMPARE(read("usr/lib/libx.so"), std::string("so"));
    QVERIFY(!fs::exists(fs::symlink_status(m_root / "lib")));
}

void LayerUnpackerTest::attributesOfOverlayfsAreDropped()
{
    TarBuilder tar;
    tar.add('5', "d", {}, {.mode = 0755, .extra = {{"SCHILY.xattr.user.overlay.opaque", "y"}, {"SCHILY.xattr.user.kept", "v"},
                                            {"SCHILY.xattr.trusted.overlay.redirect", "/etc"}}});
    QVERIFY(unpack(tar));
    const auto path = m_root / "d";
    QCOMPARE(::getxattr(path.c_str(), "user.overlay.opaque", nullptr, 0), -1);
    QCOMPARE(::getxattr(path.c_str(), "trusted.overlay.redirect", nullptr, 0), -1);
    QCOMPARE(::getxattr(path.c_str(), "user.kept", nullptr, 0), 1);
}

void LayerUnpackerTest::devicesAreMadeOrSkipped()
{
    TarBuilder tar;
    tar.device("null").file("after", "a");
    const auto result = unpack(tar);
    QVERIFY2(result, result ? "" : result.error().message.c_str());
    QVERIFY(S_ISCHR(info("null").st_mode) != (result->devicesSkipped == 1));
    QCOMPARE(read("after"), std::string("a"));
}

void LayerUnpackerTest::bombsStopAtTheLimit()
{
    TarBuilder big;
    big.file("zeros", std::string(8u << 20, '\0'));
    const auto bomb = gzip(big.finish());
    QVERIFY(bomb.size() < 20'000);
    const auto tooLarge = unpack(bomb, big.finish(), {.bytesMax = 1 << 20});
    QVERIFY(!tooLarge);
    QVERIFY2(tooLarge.error().message.find("1048576 bytes") != std::string::npos, tooLarge.error().message.c_str());

    // A hole of a terabyte costs no disk, but the promise is refused too.
    init();
    TarBuilder lying;
    lying.file("hole", "", {.claimedSize = 07777777777});
    QVERIFY(!unpack(lying.finish(), lying.finish(), {.bytesMax = 1 << 20}));

    init();
    TarBuilder many;
    for (int index = 0; index < 200; ++index)
        many.file("f" + std::to_string(index), "");
    const auto tooMany = unpack(many.finish(), many.finish(), {.entriesMax = 100});
    QVERIFY(!tooMany);
    QVERIFY(tooMany.error().message.find("more than 100 entries") != std::string::npos);
}

void LayerUnpackerTest::damageIsNoticed()
{
    TarBuilder tar;
    tar.file("a", std::string(100'000, 'a'));
    const auto whole = gzip(tar.finish());
    QVERIFY(!unpack(whole.substr(0, whole.size() / 2), tar.finish()));
    auto flipped = whole;
    flipped[flipped.size() / 2] ^= 1;
    QVERIFY(!unpack(flipped, tar.finish()));
    QVERIFY(!unpack(std::string(10'000, 'x'), tar.finish()));
    QVERIFY(!unpack("", tar.finish()));
    QVERIFY(!unpack(tar.finish().substr(0, 60'000), tar.finish()));
}

void LayerUnpackerTest::anotherContentThanPromisedIsRefused()
{
    TarBuilder promised, given;
    promised.file("a", "promised");
    given.file("a", "given");
    const auto result = unpack(given.finish(), promised.finish());
    QVERIFY(!result);
    QVERIFY(result.error().message.find("promises") != std::string::npos);
    // Bytes after the end of the tar count too.
    QVERIFY(!unpack(promised.finish() + std::string(4096, 'x'), promised.finish()));
}

void LayerUnpackerTest::aStopRequestInterrupts()
{
    std::stop_source stop;
    stop.request_stop();
    TarBuilder tar;
    tar.file("a", "a");
    const auto result = unpack(tar.finish(), tar.finish(), {}, stop.get_token());
    QVERIFY(!result);
    QVERIFY(result.error().message.find("interrupted") != std::string::npos);
}

QTEST_GUILESS_MAIN(LayerUnpackerTest)
#include "tst_layer_unpacker.moc"
