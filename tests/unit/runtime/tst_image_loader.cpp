#include "engine/runtime/image/image_loader.h"

#include <QtTest>

#include "engine/runtime/image/layer_store.h"
#include "tests/support/image_builder.h"

using namespace kates;
using namespace kates::runtime;
using namespace kates::test;
namespace fs = std::filesystem;

class ImageLoaderTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void theSampleImage();
    void ociLayoutTarAndDirectory();
    void dockerSave();
    void aNameFromOutsideAndATagAlone();
    void anIndexOfPlatforms();
    void brokenArchivesLeaveNothing_data();
    void brokenArchivesLeaveNothing();

private:
    Result<std::vector<LoadedImage>> load(const TarBuilder& tar, const std::optional<ImageReference>& name = {})
    {
        const auto path = m_directory->path() / "image.tar";
        (void)writeFileAtomically(path, tar.finish());
        return loadImages(*m_store, path, name);
    }
    std::optional<TemporaryDirectory> m_directory;
    std::shared_ptr<ImageStore> m_store;
};

namespace {

BuiltImage twoLayers()
{
    TarBuilder base, top;
    base.directory("etc").file("etc/a", "a");
    top.file("etc/b", "b");
    return buildImage({base.finish(), top.finish()}, api::Value::object({{"Cmd", api::Value::array({"/run"})}, {"User", "1000"}}));
}

} // namespace

void ImageLoaderTest::init()
{
    m_store.reset();
    m_directory.reset();
    m_directory.emplace(std::move(TemporaryDirectory::create().value()));
    m_store = ImageStore::open(m_directory->path() / "store").value();
}

void ImageLoaderTest::theSampleImage()
{
    const auto loaded = loadImages(*m_store, KATES_SAMPLE_IMAGE);
    QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
    QCOMPARE(loaded->size(), std::size_t(1));
    QCOMPARE(loaded->front().name, std::string("kates.dev/sample:1"));
    const auto status = m_store->image("kates.dev/sample:1");
    QVERIFY(status);
    QCOMPARE(status->command, std::vector<std::string> {"/bin/serve"});
    const auto layers = ensureLayers(*m_store, m_store->resolve(*Digest::parse(status->digest)).value());
    QVERIFY2(layers, layers ? "" : layers.error().message.c_str());
    QVERIFY(fs::exists(layers->directories.front() / "bin/busybox"));
    QVERIFY(fs::is_symlink(layers->directories.front() / "bin/wget"));
}

void ImageLoaderTest::ociLayoutTarAndDirectory()
{
    const auto image = twoLayers();
    const std::vector<LoadedImage> expected {{"example.org/app:2", image.manifestDigest()}};
    QCOMPARE(load(layoutTar(image, "example.org/app:2")).value(), expected);
    QCOMPARE(m_store->image("example.org/app:2")->user, std::string("1000"));
    QVERIFY(fs::is_empty(m_store->root() / "ingest"));
    QCOMPARE(m_store->blobs().list().size(), std::size_t(4)); // manifest, configuration, layers; not index.json

    init();
    const auto layout = m_directory->path() / "layout";
    fs::create_directories(layout / "blobs/sha256");
    QVERIFY(writeFileAtomically(layout / "index.json", layoutIndex(image, "example.org/app:2")));
    for (const auto& content : {image.manifest, image.config, image.layers[0], image.layers[1]})
        QVERIFY(writeFileAtomically(layout / blobName(content), content));
    QCOMPARE(loadImages(*m_store, layout).value(), expected);

    // A link that leads out of the directory is not followed.
    init();
    fs::create_directories(m_directory->path() / "evil");
    fs::create_symlink("/etc/passwd", m_directory->path() / "evil/index.json");
    QVERIFY(!loadImages(*m_store, m_directory->path() / "evil"));
}

void ImageLoaderTest::dockerSave()
{
    const auto image = twoLayers();
    const auto first = load(dockerTar(image, "app:1"));
    QVERIFY2(first, first ? "" : first.error().message.c_str());
    QCOMPARE(first->front().name, std::string("docker.io/library/app:1"));
    QVERIFY(m_store->image("app:1"));
    QCOMPARE(m_store->image("app:1")->names, std::vector<std::string> {"docker.io/library/app:1"});
    // The manifest that is written for it is always the same.
    const auto again = load(dockerTar(image, "app:1"));
    QCOMPARE(again->front().digest, first->front().digest);
}

void ImageLoaderTest::aNameFromOutsideAndATagAlone()
{
    const auto image = twoLayers();
    const auto unnamed = load(layoutTar(image, "latest"));
    QVERIFY(!unnamed);
    QVERIFY(unnamed.error().message.find("only tagged \"latest\"") != std::string::npos);
    const auto named = load(layoutTar(image, "latest"), ImageReference::parse("team/app:3").value());
    QVERIFY2(named, named ? "" : named.error().message.c_str());
    QCOMPARE(named->front().name, std::string("docker.io/team/app:3"));
    QVERIFY(m_store->images().size() == 1);
}

void ImageLoaderTest::anIndexOfPlatforms()
{
    const auto image = twoLayers();
    auto ours = describe(image.manifest, kOciManifestType), other = describe("not here", kOciManifestType);
    ours.set("platform", api::Value::object({{"os", "linux"}, {"architecture", machineArchitecture()}}));
    other.set("platform", api::Value::object({{"os", "linux"}, {"architecture", "s390x"}}));
    const auto index
        = api::toJson(api::Value::object({{"schemaVersion", 2}, {"mediaType", kOciIndexType}, {"manifests", api::Value::array({other, ours})}}));
    auto entry = describe(index, kOciIndexType);
    entry.set("annotations", api::Value::object({{"io.containerd.image.name", "example.org/multi:1"}}));
    TarBuilder tar;
    tar.file("index.json", api::toJson(api::Value::object({{"schemaVersion", 2}, {"manifests", api::Value::array({entry})}})));
    for (const auto& content : {index, image.manifest, image.config, image.layers[0], image.layers[1]})
        tar.file(blobName(content), content);
    const auto loaded = load(tar);
    QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
    QCOMPARE(loaded->front().digest, Digest::of(index));
    QCOMPARE(m_store->resolve(Digest::of(index))->manifest.layers.size(), std::size_t(2));
}

void ImageLoaderTest::brokenArchivesLeaveNothing_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("words");
    const auto image = twoLayers();
    auto add = [](const char* row, const TarBuilder& tar, const char* words) {
        QTest::newRow(row) << QByteArray::fromStdString(tar.finish()) << QByteArray(words);
    };
    TarBuilder missing;
    missing.file("index.json", layoutIndex(image, "a/b:1")).file(blobName(image.manifest), image.manifest).file(blobName(image.config), image.config);
    add("missing layer", missing, "layer sha256:");
    TarBuilder damaged = missing;
    damaged.file(blobName(image.layers[0]), image.layers[0]).file(blobName(image.layers[1]), "something else");
    add("damaged layer", damaged, "is damaged");
    auto lying = image;
    lying.config = buildImage({image.layers[0]}).config;
    lying.manifest = api::toJson(api::Value::object({{"schemaVersion", 2}, {"config", describe(lying.config, kOciConfigType)},
        {"layers", api::Value::array({describe(image.layers[0], kOciLayerType), describe(image.layers[1], kOciLayerType)})}}));
    add("layers and diff ids differ", layoutTar(lying, "a/b:1"), "speaks of 1 layers");
    TarBuilder neither;
    neither.file("readme", "hello");
    add("no image", neither, "neither index.json");
    TarBuilder nonsense;
    nonsense.file("index.json", "{\"manifests\": [{\"digest\": 5}]}");
    add("nonsense", nonsense, "digest");
    TarBuilder schema1;
    schema1.file("manifest.json", "[{\"Config\":\"x\",\"Layers\":[\"y\"]}]");
    add("docker archive without its files", schema1, "lacks the file x");
    QTest::newRow("no tar") << QByteArray(5000, 'x') << QByteArray("neither an image archive");
    QTest::newRow("cut off") << QByteArray::fromStdString(layoutTar(image, "a/b:1").finish()).left(3000) << QByteArray("Truncated");
}

void ImageLoaderTest::brokenArchivesLeaveNothing()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, words);
    const auto path = m_directory->path() / "broken.tar";
    QVERIFY(writeFileAtomically(path, bytes.toStdString()));
    const auto loaded = loadImages(*m_store, path);
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().message.find(words.toStdString()) != std::string::npos, loaded.error().message.c_str());
    QVERIFY(m_store->images().empty());
    QVERIFY(m_store->blobs().list().empty());
    QVERIFY(fs::is_empty(m_store->root() / "ingest"));
}

QTEST_GUILESS_MAIN(ImageLoaderTest)
#include "tst_image_loader.moc"
