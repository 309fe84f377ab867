#include "engine/runtime/image/image_store.h"

#include <QtTest>
#include <csignal>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "engine/runtime/image/image_loader.h"
#include "engine/runtime/image/layer_store.h"
#include "tests/support/image_builder.h"

using namespace kates;
using namespace kates::runtime;
using namespace kates::test;
namespace fs = std::filesystem;

class ImageStoreTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void references_data();
    void references();
    void namesAndDigestsFindTheImage();
    void removingTheLastNameFreesWhatNoContainerUses();
    void nobodyCollectsWhileSomebodyAdds();
    void layersAreUnpackedOnceAlsoByManyAtOnce();
    void aHalfUnpackedLayerIsNeverUsed();
    void aLayerThatWasNotSyncedBeforeABootIsUnpackedAgain();
    void damagedBlobsAreNoticed();
    void aFullDiskIsAClearError();

private:
    ResolvedImage load(const BuiltImage& image, const std::string& name)
    {
        const auto path = m_directory->path() / "image.tar";
        (void)writeFileAtomically(path, layoutTar(image, name).finish());
        return m_store->resolve(loadImages(*m_store, path).value().front().digest).value();
    }
    std::optional<TemporaryDirectory> m_directory;
    std::shared_ptr<ImageStore> m_store;
};

namespace {

BuiltImage imageOf(const std::string& content)
{
    TarBuilder base, top;
    base.file("base", "base");
    top.file("top", content);
    return buildImage({base.finish(), top.finish()});
}

} // namespace

void ImageStoreTest::init()
{
    m_store.reset();
    m_directory.reset();
    m_directory.emplace(std::move(TemporaryDirectory::create().value()));
    m_store = ImageStore::open(m_directory->path() / "store").value();
}

void ImageStoreTest::references_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("stored"); // empty: refused
    const QString digest = "sha256:" + QString(64, 'a');
    QTest::newRow("short") << "nginx" << "docker.io/library/nginx:latest";
    QTest::newRow("tag") << "nginx:1.25" << "docker.io/library/nginx:1.25";
    QTest::newRow("user") << "bitnami/redis" << "docker.io/bitnami/redis:latest";
    QTest::newRow("old hub") << "index.docker.io/nginx" << "docker.io/library/nginx:latest";
    QTest::newRow("registry") << "registry.k8s.io/pause:3.9" << "registry.k8s.io/pause:3.9";
    QTest::newRow("port") << "localhost:5000/a/b" << "localhost:5000/a/b:latest";
    QTest::newRow("bare localhost") << "localhost/a" << "localhost/a:latest";
    QTest::newRow("digest") << "nginx@" + digest << "docker.io/library/nginx@" + digest;
    QTest::newRow("tag and digest") << "nginx:1@" + digest << "docker.io/library/nginx@" + digest;
    QTest::newRow("separators") << "a.b/c__d/e-----f.g:T_x.1-y" << "a.b/c__d/e-----f.g:T_x.1-y";
    for (const char* bad : {"", ":1", "nginx:", "nginx:-x", "NGINX", "a//b", "a/", "/a", "a___b", "a..b", "-a", "a_", "x/Y", "a b", "nginx@sha256:12",
             "nginx@md5:aa", "host:port/a", "a/b:c/d", "user@example.org/a", "\xc3\xa9"})
        QTest::newRow(qPrintable(QStringLiteral("bad <%1>").arg(bad))) << QString(bad) << QString();
    QTest::newRow("long") << QString(300, 'a') << QString();
}

void ImageStoreTest::references()
{
    QFETCH(QString, text);
    QFETCH(QString, stored);
    const auto reference = ImageReference::parse(text.toStdString());
    QCOMPARE(bool(reference), !stored.isEmpty());
    if (reference)
        QCOMPARE(QString::fromStdString(reference->toString()), stored);
}

void ImageStoreTest::namesAndDigestsFindTheImage()
{
    const auto built = imageOf("1");
    load(built, "example.org/app:1");
    const auto digest = built.manifestDigest().toString();
    for (const auto& reference : {std::string("example.org/app:1"), "example.org/app@" + digest, "example.org/app:9@" + digest, digest}) {
        const auto status = m_store->image(reference);
        QVERIFY2(status, reference.c_str());
        QCOMPARE(status->digest, digest);
        QCOMPARE(status->repoDigests, std::vector<std::string> {"example.org/app@" + digest});
    }
    for (const auto& reference :
        {std::string("example.org/app"), std::string("app:1"), "example.org/ap@" + digest, "sha256:" + std::string(64, '0'), std::string("??")})
        QVERIFY2(!m_store->image(reference), reference.c_str());
}

void ImageStoreTest::removingTheLastNameFreesWhatNoContainerUses()
{
    const auto first = load(imageOf("1"), "a/b:1");
    load(imageOf("2"), "a/b:2"); // shares the base layer
    const auto unpacked = ensureLayers(*m_store, first).value();
    const auto bundle = m_directory->path() / "bundle";
    fs::create_directory(bundle);
    QVERIFY(m_store->addLease("c1", bundle, first));
    QVERIFY(m_store->removeName("a/b:1"));
    QVERIFY(collectGarbage(*m_store));
    QCOMPARE(m_store->blobs().list().size(), std::size_t(4));
    QVERIFY(fs::exists(unpacked.directories[1] / "top")); // the container's lease keeps it

    fs::remove_all(bundle); // the container is gone without saying so
    m_store->noteGarbage();
    QVERIFY(collectGarbage(*m_store));
    QVERIFY(!fs::exists(unpacked.directories[1]));
    QVERIFY(fs::exists(unpacked.directories[0] / "base")); // a/b:2 has it too
    QVERIFY(m_store->removeName("a/b:2"));
    QVERIFY(m_store->removeName("a/b:2"));
    QVERIFY(collectGarbage(*m_store));
    QVERIFY(m_store->blobs().list().empty());
    QVERIFY(fs::is_empty(m_store->root() / "layers"));
    QVERIFY(fs::is_empty(m_store->root() / "ingest"));
}

void ImageStoreTest::nobodyCollectsWhileSomebodyAdds()
{
    {
        const auto adding = m_store->lockShared();
        QVERIFY(m_store->blobs().put("on its way", ""));
        m_store->noteGarbage();
        QVERIFY(!collectGarbage(*m_store));
        QCOMPARE(m_store->blobs().list().size(), std::size_t(1));
    }
    QVERIFY(collectGarbage(*m_store)); // the note was kept
    QVERIFY(m_store->blobs().list().empty());
}

void ImageStoreTest::layersAreUnpackedOnceAlsoByManyAtOnce()
{
    const auto image = load(imageOf("1"), "a/b:1");
    std::atomic<int> fresh = 0, failed = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread)
        threads.emplace_back([&] {
            const auto store = ImageStore::open(m_store->root()).value(); // as another process does
            const auto lock = store->lockShared();
            const auto layers = ensureLayers(*store, image);
            if (layers)
                fresh += static_cast<int>(layers->fresh.size());
            else
                ++failed;
        });
    for (auto& thread : threads)
        thread.join();
    QCOMPARE(failed.load(), 0);
    QCOMPARE(fresh.load(), 2);
}

void ImageStoreTest::aHalfUnpackedLayerIsNeverUsed()
{
    // A child that dies by SIGKILL in the middle: it has unpacked a part and reads the rest from a pipe that gives no more.
    TarBuilder big;
    for (int index = 0; index < 50; ++index)
        big.file("f" + std::to_string(index), std::string(20'000, 'x'));
    const auto built = buildImage({big.finish()});
    const auto image = load(built, "a/b:1");
    const auto blob = m_store->blobs().path(Digest::of(built.layers[0]));
    fs::remove(blob);
    QCOMPARE(::mkfifo(blob.c_str(), 0600), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto lock = m_store->lockShared();
        (void)ensureLayers(*m_store, image);
        ::_exit(0);
    }
    const int pipe = ::open(blob.c_str(), O_WRONLY); // the child has it open now
    const auto half = built.layers[0].substr(0, built.layers[0].size() / 2);
    QCOMPARE(::write(pipe, half.data(), half.size()), static_cast<ssize_t>(half.size()));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(pipe);
    const auto layer = m_store->root() / "layers" / chainIds(image.config.diffIds)[0].hex();
    QVERIFY(!fs::exists(layer));
    QVERIFY(!fs::is_empty(m_store->root() / "ingest"));

    fs::remove(blob);
    QVERIFY(writeFileAtomically(blob, built.layers[0]));
    const auto layers = ensureLayers(*ImageStore::open(m_store->root()).value(), image);
    QVERIFY2(layers, layers ? "" : layers.error().message.c_str());
    QCOMPARE(fs::file_size(layer / "fs/f49"), std::uintmax_t(20'000));
    QVERIFY(collectGarbage(*m_store));
    QVERIFY(fs::is_empty(m_store->root() / "ingest"));
}

void ImageStoreTest::aLayerThatWasNotSyncedBeforeABootIsUnpackedAgain()
{
    const auto image = load(imageOf("1"), "a/b:1");
    const auto first = ensureLayers(*m_store, image).value();
    auto pretendAnotherBoot = [&](std::size_t index) {
        const auto info = first.directories[index].parent_path() / "info.json";
        auto value = api::parseJson(readFile(info).value()).value();
        value.set("bootId", "the boot before");
        return bool(writeFileAtomically(info, api::toJson(value)));
    };
    makeLayersDurable(*m_store, {first.fresh[0]});
    QVERIFY(pretendAnotherBoot(0) && pretendAnotherBoot(1));
    fs::resize_file(first.directories[1] / "top", 0); // what the power failure took
    const auto second = ensureLayers(*m_store, image).value();
    QCOMPARE(second.fresh, std::vector<Digest> {first.fresh[1]});
    QCOMPARE(readFile(second.directories[1] / "top").value(), std::string("1"));
}

void ImageStoreTest::damagedBlobsAreNoticed()
{
    const auto built = imageOf("1");
    const auto image = load(built, "a/b:1");
    auto damage = [&](const Digest& digest) {
        auto content = readFile(m_store->blobs().path(digest)).value();
        content[content.size() / 2] ^= 1;
        return bool(writeFileAtomically(m_store->blobs().path(digest), content));
    };
    QVERIFY(damage(Digest::of(built.layers[1])));
    const auto layers = ensureLayers(*m_store, image);
    QVERIFY(!layers);
    QVERIFY2(layers.error().message.starts_with("layer 2 of 2 (sha256:"), layers.error().message.c_str());
    QVERIFY(damage(built.configDigest()));
    QVERIFY(!m_store->image("a/b:1"));
    QVERIFY(m_store->resolve(built.manifestDigest()).error().message.find("damaged") != std::string::npos);
}

void ImageStoreTest::aFullDiskIsAClearError()
{
    const auto disk = m_directory->path() / "disk";
    fs::create_directory(disk);
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=300k") != 0)
        QSKIP("making a small disk needs root");
    TarBuilder big;
    std::string noise(200'000, '\0');
    for (std::size_t index = 0; index < noise.size(); ++index)
        noise[index] = static_cast<char>(index * 2654435761u >> 13);
    big.file("noise", noise);
    const auto built = buildImage({big.finish()});
    const auto path = m_directory->path() / "image.tar";
    QVERIFY(writeFileAtomically(path, layoutTar(built, "a/b:1").finish()));
    {
        auto store = ImageStore::open(disk / "store").value();
        const auto image = store->resolve(loadImages(*store, path).value().front().digest).value(); // the blobs just fit
        const auto layers = ensureLayers(*store, image);
        QVERIFY(!layers);
        QVERIFY2(layers.error().message.find("No space left") != std::string::npos, layers.error().message.c_str());
        QVERIFY(fs::is_empty(store->root() / "layers"));
        TarBuilder second;
        second.file("noise2", noise);
        QVERIFY(writeFileAtomically(path, layoutTar(buildImage({second.finish()}), "a/b:2").finish()));
        const auto loaded = loadImages(*store, path);
        QVERIFY(!loaded);
        QVERIFY2(loaded.error().message.find("No space left") != std::string::npos, loaded.error().message.c_str());
        QVERIFY(store->image("a/b:1") && !store->image("a/b:2"));
    }
    ::umount2(disk.c_str(), MNT_DETACH);
}

QTEST_GUILESS_MAIN(ImageStoreTest)
#include "tst_image_store.moc"
