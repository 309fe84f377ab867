#include "engine/runtime/image/registry_client.h"

#include <QtTest>

#include "engine/base/files.h"
#include "engine/runtime/image/registry_auth.h"
#include "tests/support/fake_registry.h"
#include "tests/support/show_strings.h"

using namespace kates;
using namespace kates::runtime;
using namespace kates::test;

class RegistryClientTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void pullsByTagAndByDigest();
    void fetchesOnlyWhatIsMissing();
    void choosesThePlatformOfAnIndex();
    void tokensAreFetchedWithTheCredentials();
    void basicAuthentication();
    void credentialsDoNotFollowARedirect();
    void plainHttpStaysOnThisMachine();
    void lyingRegistriesAreFoundOut_data();
    void lyingRegistriesAreFoundOut();
    void refusalsSayWhy_data();
    void refusalsSayWhy();
    void aMovedTagReplacesTheImage();
    void challengesAndAddresses();

private:
    Result<void> pull(const std::string& name, std::optional<RegistryCredential> credential = {})
    {
        return runToCompletion(*m_loop, pullFromRegistry(*m_loop, *m_client, m_store, m_registry->host() + "/" + name, credential));
    }
    bool has(const std::string& name) { return m_store->image(m_registry->host() + "/" + name).has_value(); }
    std::size_t requestsFor(const std::string& part)
    {
        return std::count_if(m_registry->requests.begin(), m_registry->requests.end(),
            [&](const auto& request) { return request.path.find(part) != std::string::npos; });
    }
    std::optional<TemporaryDirectory> m_directory;
    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<http::Client> m_client;
    std::unique_ptr<FakeRegistry> m_registry;
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

void RegistryClientTest::init()
{
    m_directory.emplace(std::move(TemporaryDirectory::create().value()));
    m_loop = makeLoop();
    m_client = http::makeClient(*m_loop);
    m_registry = std::make_unique<FakeRegistry>(*m_loop);
    m_store = ImageStore::open(m_directory->path() / "store").value();
}

void RegistryClientTest::cleanup()
{
    m_client.reset();
    m_registry.reset();
    m_store.reset();
    m_loop.reset();
    m_directory.reset();
}

void RegistryClientTest::pullsByTagAndByDigest()
{
    const auto image = imageOf(std::string(3'000'000, 'x')); // more than one piece
    m_registry->serve("team/app", "1.0", image);
    const auto pulled = pull("team/app:1.0");
    QVERIFY2(pulled, pulled ? "" : pulled.error().message.c_str());
    QCOMPARE(m_store->image(m_registry->host() + "/team/app:1.0")->digest, image.manifestDigest().toString());
    QVERIFY(pull("team/app@" + image.manifestDigest().toString()));
    QVERIFY(has("team/app@" + image.manifestDigest().toString()));
    QVERIFY(std::filesystem::is_empty(m_store->root() / "ingest"));
}

void RegistryClientTest::fetchesOnlyWhatIsMissing()
{
    m_registry->serve("team/app", "1", imageOf("1"));
    m_registry->serve("team/app", "2", imageOf("2"));
    QVERIFY(pull("team/app:1"));
    QCOMPARE(requestsFor("/blobs/"), std::size_t(3));
    QVERIFY(pull("team/app:2"));
    QCOMPARE(requestsFor("/blobs/"), std::size_t(5)); // not the base layer again
    QVERIFY(pull("team/app:2"));
    QCOMPARE(requestsFor("/blobs/"), std::size_t(5));
}

void RegistryClientTest::choosesThePlatformOfAnIndex()
{
    const auto image = imageOf("1");
    m_registry->serve("team/app", "1", image);
    auto ours = describe(image.manifest, kOciManifestType), other = describe("elsewhere", kOciManifestType);
    ours.set("platform", api::Value::object({{"os", "linux"}, {"architecture", machineArchitecture()}}));
    other.set("platform", api::Value::object({{"os", "linux"}, {"architecture", "s390x"}}));
    const auto index
        = api::toJson(api::Value::object({{"schemaVersion", 2}, {"mediaType", kDockerIndexType}, {"manifests", api::Value::array({other, ours})}}));
    m_registry->answers["/v2/team/app/manifests/multi"] = {200, index, {}};
    const auto pulled = pull("team/app:multi");
    QVERIFY2(pulled, pulled ? "" : pulled.error().message.c_str());
    QCOMPARE(m_store->image(m_registry->host() + "/team/app:multi")->digest, Digest::of(index).toString());
    const auto foreign = api::toJson(api::Value::object({{"schemaVersion", 2}, {"manifests", api::Value::array({other})}}));
    m_registry->answers["/v2/team/app/manifests/foreign"] = {200, foreign, {}};
    const auto refused = pull("team/app:foreign");
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.find("only for linux/s390x") != std::string::npos, refused.error().message.c_str());
}

void RegistryClientTest::tokensAreFetchedWithTheCredentials()
{
    m_registry->serve("team/app", "1", imageOf("1"));
    m_registry->before = [&](const http::Request& request) -> std::optional<RegistryAnswer> {
        if (request.path == "/token") {
            const bool known = request.headers.get("Authorization") == "Basic dXNlcjpwYXNzOndvcmQ="; // user:pass:word
            const bool asked = request.query.find("service=registry%20here") != std::string::npos
                && request.query.find("scope=repository%3Ateam%2Fapp%3Apull") != std::string::npos;
            return known && asked ? RegistryAnswer {200, R"({"token":"t0ken"})", {}} : RegistryAnswer {401, "{}", {}};
        }
        if (request.headers.get("Authorization") == "Bearer t0ken")
            return std::nullopt;
        return RegistryAnswer {
            401, "{}", {{"WWW-Authenticate", "Bearer realm=\"" + m_registry->url() + "/token\", service=\"registry here\", scope=\"all\""}}};
    };
    const auto pulled = pull("team/app:1", RegistryCredential {"user", "pass:word"});
    QVERIFY2(pulled, pulled ? "" : pulled.error().message.c_str());
    QCOMPARE(requestsFor("/token"), std::size_t(1));
    const auto refused = pull("team/app:1", RegistryCredential {"user", "wrong"});
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.find("denies access to the user user") != std::string::npos, refused.error().message.c_str());
    QVERIFY(refused.error().message.find("wrong") == std::string::npos);
}

void RegistryClientTest::basicAuthentication()
{
    m_registry->serve("team/app", "1", imageOf("1"));
    m_registry->before = [&](const http::Request& request) -> std::optional<RegistryAnswer> {
        if (request.headers.get("Authorization") == "Basic dTpw")
            return std::nullopt;
        return RegistryAnswer {401, "{}", {{"WWW-Authenticate", "Basic realm=\"here\""}}};
    };
    QVERIFY(pull("team/app:1", RegistryCredential {"u", "p"}));
    const auto anonymous = pull("team/app:1");
    QVERIFY(!anonymous);
    QVERIFY2(anonymous.error().message.find("wants a user name") != std::string::npos, anonymous.error().message.c_str());
    QVERIFY(!pull("team/app:1", RegistryCredential {"u", "q"}));
}

void RegistryClientTest::credentialsDoNotFollowARedirect()
{
    const auto image = imageOf("1");
    m_registry->serve("team/app", "1", image);
    FakeRegistry storage(*m_loop);
    storage.answers["/store"] = {200, image.layers[1], {}};
    m_registry->answers[FakeRegistry::blobPath("team/app", image.layers[1])] = {307, "", {{"Location", storage.url() + "/store?signature=x"}}};
    m_registry->answers[FakeRegistry::blobPath("team/app", image.layers[0])] = {302, "", {{"Location", "/elsewhere"}}};
    m_registry->answers["/elsewhere"] = {200, image.layers[0], {}};
    m_registry->before = [&](const http::Request& request) -> std::optional<RegistryAnswer> {
        if (request.headers.has("Authorization"))
            return std::nullopt;
        return RegistryAnswer {401, "{}", {{"WWW-Authenticate", "Basic realm=\"here\""}}};
    };
    const auto pulled = pull("team/app:1", RegistryCredential {"u", "p"});
    QVERIFY2(pulled, pulled ? "" : pulled.error().message.c_str());
    QCOMPARE(storage.requests.size(), std::size_t(1));
    QVERIFY(!storage.requests.front().headers.has("Authorization"));
    QCOMPARE(storage.requests.front().query, std::string("signature=x"));

    m_registry->answers[FakeRegistry::blobPath("team/app", image.config)]
        = {302, "", {{"Location", FakeRegistry::blobPath("team/app", image.config)}}};
    QVERIFY(m_store->removeName(m_registry->host() + "/team/app:1"));
    QVERIFY(collectGarbage(*m_store));
    const auto circle = pull("team/app:1", RegistryCredential {"u", "p"});
    QVERIFY(!circle);
    QVERIFY2(circle.error().message.find("redirects more than") != std::string::npos, circle.error().message.c_str());
}

void RegistryClientTest::plainHttpStaysOnThisMachine()
{
    m_registry->answers["/v2/team/app/manifests/1"] = {302, "", {{"Location", "http://192.0.2.1/manifest"}}};
    const auto redirected = pull("team/app:1");
    QVERIFY(!redirected);
    QVERIFY2(redirected.error().message.find("plain HTTP") != std::string::npos, redirected.error().message.c_str());
    QVERIFY(registryUrl("example.org").tls && registryUrl("127.example.org:5000").tls && registryUrl("10.0.0.1:5000").tls);
    QVERIFY(!registryUrl("localhost:5000").tls && !registryUrl("127.0.0.1:5000").tls);
    QCOMPARE(registryUrl("docker.io").host, std::string("registry-1.docker.io"));
}

void RegistryClientTest::lyingRegistriesAreFoundOut_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("words");
    QTest::newRow("other bytes of the same length") << "swap" << "does not match its digest";
    QTest::newRow("longer blob") << "longer" << "more than the expected";
    QTest::newRow("shorter blob") << "shorter" << "bytes long";
    QTest::newRow("another manifest than its digest") << "manifest" << "does not match its digest";
    QTest::newRow("another manifest than its header") << "header" << "does not match its digest";
    QTest::newRow("a layer that is missing") << "missing" << "does not have it";
    QTest::newRow("no manifest at all") << "nonsense" << "manifest is not readable";
    QTest::newRow("an endless manifest") << "endless" << "manifest";
    QTest::newRow("an impossible size") << "size" << "size is -5";
    QTest::newRow("schema 1") << "schema1" << "schema 1";
}

void RegistryClientTest::lyingRegistriesAreFoundOut()
{
    QFETCH(QString, what);
    QFETCH(QString, words);
    auto image = imageOf("1");
    m_registry->serve("team/app", "1", image);
    auto& layer = m_registry->answers[FakeRegistry::blobPath("team/app", image.layers[1])].body;
    auto& manifest = m_registry->answers["/v2/team/app/manifests/1"];
    std::string name = "team/app:1";
    if (what == "swap")
        layer[700] ^= 1;
    else if (what == "longer")
        layer += std::string(100'000, 'z');
    else if (what == "shorter")
        layer.resize(layer.size() - 512);
    else if (what == "missing")
        m_registry->answers.erase(FakeRegistry::blobPath("team/app", image.layers[1]));
    else if (what == "manifest") {
        name = "team/app@" + image.manifestDigest().toString();
        m_registry->answers["/v2/team/app/manifests/" + image.manifestDigest().toString()].body = imageOf("2").manifest;
    } else if (what == "header")
        manifest.headers.emplace_back("Docker-Content-Digest", imageOf("2").manifestDigest().toString());
    else if (what == "nonsense")
        manifest.body = "<html>sign in</html>";
    else if (what == "endless")
        manifest.body = std::string(kManifestSizeMaxBytes + 1, ' ');
    else if (what == "size")
        manifest.body.replace(manifest.body.find("\"size\":") + 7, 1, "-5,\"x\":");
    else if (what == "schema1")
        manifest.body = R"({"schemaVersion":1,"name":"team/app","fsLayers":[]})";
    const auto pulled = pull(name);
    QVERIFY(!pulled);
    QVERIFY2(pulled.error().message.find(words.toStdString()) != std::string::npos, pulled.error().message.c_str());
    QVERIFY(pulled.error().message.starts_with("pull the image 127.0.0.1:"));
    QVERIFY(m_store->images().empty());
    QVERIFY(m_store->blobs().list().empty()); // what was fetched for nothing is collected
    QVERIFY(std::filesystem::is_empty(m_store->root() / "ingest"));
}

void RegistryClientTest::refusalsSayWhy_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("words");
    QTest::newRow("404") << 404 << "does not have it (no\tsuch thing)";
    QTest::newRow("403") << 403 << "denies access without credentials";
    QTest::newRow("429") << 429 << "too many requests";
    QTest::newRow("500") << 500 << "answers with status 500";
}

void RegistryClientTest::refusalsSayWhy()
{
    QFETCH(int, status);
    QFETCH(QString, words);
    m_registry->answers["/v2/team/app/manifests/1"] = {status, "{\"errors\":[{\"message\":\"no\\tsuch thing\"}]}", {}};
    const auto pulled = pull("team/app:1");
    QVERIFY(!pulled);
    const auto expected = words.replace('\t', ' ').toStdString(); // no control characters from outside
    QVERIFY2(pulled.error().message.find(expected) != std::string::npos, pulled.error().message.c_str());
    m_registry.reset();
    m_registry = std::make_unique<FakeRegistry>(*m_loop);
    const auto host = m_registry->host();
    m_registry.reset();
    const auto nobody = runToCompletion(*m_loop, pullFromRegistry(*m_loop, *m_client, m_store, host + "/team/app:1", {}));
    QVERIFY(!nobody);
    QVERIFY2(nobody.error().message.find("cannot be reached") != std::string::npos, nobody.error().message.c_str());
}

void RegistryClientTest::aMovedTagReplacesTheImage()
{
    m_registry->serve("team/app", "1", imageOf("1"));
    QVERIFY(pull("team/app:1"));
    m_registry->serve("team/app", "1", imageOf("2"));
    QVERIFY(pull("team/app:1"));
    QCOMPARE(m_store->images().size(), std::size_t(1));
    QCOMPARE(m_store->image(m_registry->host() + "/team/app:1")->digest, imageOf("2").manifestDigest().toString());
    QCOMPARE(m_store->blobs().list().size(), std::size_t(4));
}

void RegistryClientTest::challengesAndAddresses()
{
    const auto challenges = parseChallenges("Basic realm=\"a, \\\"b\\\"\" , BEARER Realm=\"https://x/y\",service=z=,, ,Negotiate");
    QCOMPARE(challenges.size(), std::size_t(3));
    QCOMPARE(challenges[0].parameters.at("realm"), std::string("a, \"b\""));
    QCOMPARE(challenges[1].scheme, std::string("bearer"));
    QCOMPARE(challenges[1].parameters.at("realm"), std::string("https://x/y"));
    QCOMPARE(challenges[2].scheme, std::string("negotiate"));
    for (const char* nonsense : {"", "\"", "=", "a=\"", "\"\"\"=,=,\"", "Bearer realm=\"unclosed"})
        (void)parseChallenges(nonsense); // ends
    const auto url = parseUrl("HTTPS://Example.ORG:8443/a?b=c#d").value();
    QVERIFY(url.tls && url.host == "example.org" && url.port == 8443 && url.target == "/a?b=c");
    QCOMPARE(parseUrl("http://[::1]:80").value().host, std::string("::1"));
    QCOMPARE(parseUrl("https://example.org?x").value().target, std::string("/?x"));
    for (const char* bad :
        {"", "ftp://x", "https://", "https://u:p@x/", "https://x:0/", "https://x:99999/", "https://x y/", "//x/", "https://[::1/", "relative"})
        QVERIFY2(!parseUrl(bad), bad);
    QVERIFY(!parseTokenAnswer(R"({"token":"a\r\nX: y"})"));
    QVERIFY(!parseTokenAnswer("{}"));
    QCOMPARE(parseTokenAnswer(R"({"access_token":"abc"})").value(), std::string("abc"));
}

QTEST_GUILESS_MAIN(RegistryClientTest)
#include "tst_registry_client.moc"
