// Pulling from a real registry, images that real tools pushed, and running them.
#include "tests/support/docker_registry.h"
#include "tests/support/image_builder.h"
#include "tests/support/run_as.h"

using namespace kates;
using namespace kates::test;
namespace fs = std::filesystem;

class RegistryTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_harness.emplace(RuntimeHarness::Kind::Oci);
        m_pod = m_harness->sandbox();
        for (const char* program : {"docker-registry", "skopeo"})
            if (QStandardPaths::findExecutable(program).isEmpty())
                QSKIP("docker-registry and skopeo are needed");
    }
    void cleanupTestCase() { m_harness.reset(); }
    void pullAndRun();
    void withAPassword();
    void dockerManifestsAndZstdLayers();
    void manyPodsPullTheSameImageOnce();
    void usersAndEntrypointsOfImages();
    void manyLayersWithDeletions();
    void imagesInUseAreKept();

private:
    ContainerConfig configOf(const std::string& image, std::vector<std::string> command = {})
    {
        auto config = m_harness->containerConfig(std::move(command), "c" + std::to_string(++m_number));
        config.image = image;
        config.imageDigest = m_harness->runtime().image(image).value().digest;
        return config;
    }
    // A directory with an image of these layers on top of the sample image's.
    std::string layout(const std::vector<std::string>& extraLayers, const api::Value& settings)
    {
        const auto store = ImageStore::open(m_harness->imageStore()).value();
        const auto sample = store->resolve(*Digest::parse(m_harness->runtime().image(kSampleImage)->digest)).value();
        auto plain = inflateLayer(store->blobs().path(sample.manifest.layers[0].digest));
        std::vector<std::string> layers {plain};
        layers.insert(layers.end(), extraLayers.begin(), extraLayers.end());
        const auto path = m_harness->directory() / ("image" + std::to_string(++m_number) + ".tar");
        m_harness->check(writeFileAtomically(path, layoutTar(buildImage(layers, settings), "x:1").finish()));
        return "oci-archive:" + path.string();
    }
    std::string inflateLayer(const fs::path& blob)
    {
        const auto launcher = makeProcessLauncher(m_harness->loop());
        return m_harness->value(m_harness->await(launcher->run({.program = "gzip", .arguments = {"-dc"}}, readFile(blob).value()))).standardOutput;
    }
    std::optional<RuntimeHarness> m_harness;
    std::string m_pod;
    int m_number = 0;
};

void RegistryTest::pullAndRun()
{
    auto& t = *m_harness;
    DockerRegistry registry(t, false);
    registry.push("oci-archive:" KATES_SAMPLE_IMAGE, "team/sample:2");
    const auto name = registry.host() + "/team/sample:2";
    QVERIFY(!t.runtime().image(name));
    const auto pulled = t.await(t.runtime().pullImage(name, {}));
    QVERIFY2(pulled, pulled ? "" : pulled.error().message.c_str());
    QVERIFY(std::count(pulled->names.begin(), pulled->names.end(), name) == 1); // beside kates.dev/sample:1, which is the same
    QCOMPARE(t.runToEnd(m_pod, configOf(name, {"echo", "pulled"})), std::string("pulled\n"));
    const auto byDigest = registry.host() + "/team/sample@" + pulled->digest;
    QVERIFY(t.await(t.runtime().pullImage(byDigest, {})));
    const auto absent = t.await(t.runtime().pullImage(registry.host() + "/team/absent:1", {}));
    QVERIFY(!absent);
    QVERIFY2(absent.error().message.find("does not have it") != std::string::npos, absent.error().message.c_str());
    for (const auto& reference : {name, byDigest})
        QVERIFY(t.await(t.runtime().removeImage(reference)));
    QVERIFY(!t.runtime().image(name));
    QVERIFY(t.runtime().image(kSampleImage));
}

void RegistryTest::withAPassword()
{
    auto& t = *m_harness;
    DockerRegistry registry(t, true);
    registry.push("oci-archive:" KATES_SAMPLE_IMAGE, "team/secret:1", {"--dest-creds", "user:secret"});
    const auto name = registry.host() + "/team/secret:1";
    const auto anonymous = t.await(t.runtime().pullImage(name, {}));
    QVERIFY(!anonymous);
    QVERIFY2(anonymous.error().message.find("user name and a password") != std::string::npos, anonymous.error().message.c_str());
    QVERIFY(!t.await(t.runtime().pullImage(name, RegistryCredential {"user", "guess"})));
    const auto pulled = t.await(t.runtime().pullImage(name, RegistryCredential {"user", "secret"}));
    QVERIFY2(pulled, pulled ? "" : pulled.error().message.c_str());
    QVERIFY(t.await(t.runtime().removeImage(name)));
}

void RegistryTest::dockerManifestsAndZstdLayers()
{
    auto& t = *m_harness;
    DockerRegistry registry(t, false);
    TarBuilder top;
    top.file("top", "top");
    const auto source = layout({top.finish()}, api::Value::object({{"Cmd", api::Value::array({"cat", "/top"})}}));
    registry.push(source, "v2:1", {"--format", "v2s2"});
    registry.push(source, "zstd:1", {"--format", "oci", "--dest-compress-format", "zstd"});
    for (const char* path : {"/v2:1", "/zstd:1"}) {
        const auto name = registry.host() + path;
        const auto pulled = t.await(t.runtime().pullImage(name, {}));
        QVERIFY2(pulled, pulled ? "" : pulled.error().message.c_str());
        QCOMPARE(t.runToEnd(m_pod, configOf(name)), std::string("top"));
    }
}

namespace {

Task<void> pullOnce(ContainerRuntime& runtime, std::string name, int& succeeded, int& left, Event done)
{
    auto pulled = co_await runtime.pullImage(name, {});
    succeeded += pulled.has_value();
    if (--left == 0)
        done.set({});
}

} // namespace

void RegistryTest::manyPodsPullTheSameImageOnce()
{
    auto& t = *m_harness;
    DockerRegistry registry(t, false);
    registry.push("oci-archive:" KATES_SAMPLE_IMAGE, "team/many:1");
    int succeeded = 0, left = 20;
    Event done;
    for (int pod = 0; pod < 20; ++pod)
        spawn(pullOnce(t.runtime(), registry.host() + "/team/many:1", succeeded, left, done));
    t.await(done);
    QCOMPARE(succeeded, 20);
}

void RegistryTest::usersAndEntrypointsOfImages()
{
    auto& t = *m_harness;
    DockerRegistry registry(t, false);
    TarBuilder top;
    top.file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1500:1501:app:/home/app:/bin/sh\n");
    top.file("etc/group", "root:x:0:\napp:x:1501:\nextra:x:1600:root,app\nother:x:1601:\n");
    const auto settings = api::Value::object({{"User", "app"}, {"WorkingDir", "/work"}, {"Env", api::Value::array({"FROM=image", "PATH=/bin"})},
        {"Entrypoint", api::Value::array({"sh", "-c", "id -u; id -g; id -G; pwd; echo $FROM $HOME $0 $1"})},
        {"Cmd", api::Value::array({"zero", "one"})}});
    registry.push(layout({top.finish()}, settings), "team/user:1");
    const auto name = registry.host() + "/team/user:1";
    t.value(t.await(t.runtime().pullImage(name, {})));
    QCOMPARE(t.runtime().image(name)->user, std::string("app"));
    QCOMPARE(t.runToEnd(m_pod, configOf(name)), std::string("1500\n1501\n1501 1600\n/work\nimage /home/app zero one\n"));
    auto arguments = configOf(name);
    arguments.arguments = {"other"};
    QVERIFY(t.runToEnd(m_pod, arguments).ends_with("image /home/app other\n"));
    auto numbered = configOf(name, {"id"});
    numbered.security.runAsUser = 1500; // the group of that user
    const auto identity = t.runToEnd(m_pod, numbered);
    QVERIFY2(identity.starts_with("uid=1500(app) gid=1501(app) groups="), identity.c_str());
    QVERIFY2(identity.find("1600(extra)") != std::string::npos && identity.find("other") == std::string::npos, identity.c_str());

    registry.push(layout({}, api::Value::object({{"User", "nosuch"}, {"Cmd", api::Value::array({"id"})}})), "team/nosuch:1");
    t.value(t.await(t.runtime().pullImage(registry.host() + "/team/nosuch:1", {})));
    const auto unknown = t.await(t.runtime().createContainer(m_pod, configOf(registry.host() + "/team/nosuch:1")));
    QVERIFY(!unknown);
    QVERIFY2(unknown.error().message.find("\"nosuch\"") != std::string::npos, unknown.error().message.c_str());
}

void RegistryTest::manyLayersWithDeletions()
{
    auto& t = *m_harness;
    std::vector<std::string> layers;
    for (int number = 0; number < 100; ++number) {
        TarBuilder layer;
        layer.file("layers/l" + std::to_string(number), std::to_string(number));
        if (number == 50)
            layer.file("layers/.wh.l10", "").file("opaque/new", "new").file("opaque/.wh..wh..opq", "").file("lib/x", "x");
        if (number == 0)
            layer.file("opaque/old", "old").directory("usr").symlink("lib", "usr");
        layers.push_back(layer.finish());
    }
    const std::string name = "team/layers:1";
    const auto archive = layout(layers, api::Value::object()).substr(std::string("oci-archive:").size());
    t.value(loadImages(*ImageStore::open(t.imageStore()).value(), archive, ImageReference::parse(name).value()));
    QCOMPARE(t.runToEnd(m_pod,
                 configOf(name,
                     {"sh", "-c", "ls /layers | wc -l; ls /layers/l10 2>/dev/null; cat /layers/l99; echo; ls /opaque; cat /usr/x; readlink /lib"})),
        std::string("99\n99\nnew\nxusr\n"));
}

void RegistryTest::imagesInUseAreKept()
{
    auto& t = *m_harness;
    DockerRegistry registry(t, false);
    TarBuilder top;
    top.file("needed", "needed");
    registry.push(layout({top.finish()}, api::Value::object()), "team/used:1");
    const auto name = registry.host() + "/team/used:1";
    t.value(t.await(t.runtime().pullImage(name, {})));
    const auto id = t.run(m_pod, configOf(name, {"sleep", "1000"}));
    QVERIFY(t.await(t.runtime().removeImage(name)));
    QVERIFY(!t.runtime().image(name));
    QCOMPARE(t.exec(id, {"cat", "/needed"}).out, std::string("needed"));
    const auto layers = [&] { return std::distance(fs::directory_iterator(t.imageStore() / "layers"), fs::directory_iterator()); };
    const auto before = layers();
    t.check(t.await(t.runtime().removeContainer(id)));
    t.check(t.await(t.runtime().removeImage(name)));
    QVERIFY(layers() < before);
}

KATES_RUNTIME_TEST_MAIN(RegistryTest)
#include "tst_registry.moc"
