#include <QtTest>

#include <fstream>
#include <sys/stat.h>

#include "engine/api/yaml.h"
#include "engine/base/files.h"
#include "engine/client/http_client.h"
#include "engine/client/kubeconfig.h"

using namespace kates;
using namespace kates::client;
namespace fs = std::filesystem;

namespace {

// JSON with ' for ": moc 6.4 loses count of the braces in raw strings.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

struct Fixture {
    TemporaryDirectory directory = *TemporaryDirectory::create();
    fs::path path = directory.path() / "sub" / "config";

    void write(std::string_view text)
    {
        QVERIFY(makeDirectories(path.parent_path()));
        QVERIFY(writeFileAtomically(path, text));
    }
    api::Value document()
    {
        auto documents = api::parseYaml(*readFile(path));
        return documents && documents->size() == 1 ? documents->front().value : api::Value();
    }
};

KubeContext dev()
{
    KubeContext context;
    context.name = "kates-dev";
    context.server = "https://127.0.0.1:7443/clusters/dev";
    context.caPem = "-----CA-----\n";
    context.clientCertificatePem = "-----CERT-----\n";
    context.clientKeyPem = "-----KEY-----\n";
    return context;
}

constexpr std::string_view kOthers =
    "apiVersion: v1\n"
    "kind: Config\n"
    "current-context: work\n"
    "preferences: {colors: true}\n"
    "extensions: [{name: x, extension: {a: 1}}]\n"
    "clusters:\n"
    "- name: work\n"
    "  cluster: {server: \"https://work:6443\", insecure-skip-tls-verify: true, proxy-url: \"http://proxy\"}\n"
    "users:\n"
    "- name: me\n"
    "  user: {token: secret, as: somebody}\n"
    "contexts:\n"
    "- name: work\n"
    "  context: {cluster: work, user: me, namespace: team}\n";

} // namespace

class KubeconfigTest : public QObject {
    Q_OBJECT
private slots:
    void aMissingFileIsCreatedPrivately()
    {
        Fixture f;
        QVERIFY(mergeIntoKubeconfig(f.path, dev(), true));
        struct stat status;
        QCOMPARE(::stat(f.path.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, 0600u);
        auto context = readKubeconfig(f.path);
        QVERIFY2(context, context ? "" : context.error().message.c_str());
        QCOMPARE(context->name, std::string("kates-dev"));
        QCOMPARE(context->server, dev().server);
        QCOMPARE(context->caPem, dev().caPem);
        QCOMPARE(context->clientCertificatePem, dev().clientCertificatePem);
        QCOMPARE(context->clientKeyPem, dev().clientKeyPem);
        QVERIFY(!fs::exists(f.path.string() + ".lock"));
    }

    void mergingKeepsEverythingElse()
    {
        Fixture f;
        f.write(kOthers);
        const api::Value before = f.document();
        QVERIFY(mergeIntoKubeconfig(f.path, dev(), false));
        api::Value after = f.document();
        QCOMPARE(after.str("current-context"), std::string_view("work"));
        QCOMPARE(after.get("clusters").size(), 2u);
        for (const char* kept : {"preferences", "extensions"})
            QVERIFY(after.get(kept) == before.get(kept));
        for (const char* list : {"clusters", "users", "contexts"})
            QVERIFY(after.get(list).at(0) == before.get(list).at(0));
        auto work = readKubeconfig(f.path, "work");
        QVERIFY(work);
        QCOMPARE(work->token, std::string("secret"));
        QCOMPARE(work->ns, std::string("team"));
        QVERIFY(work->insecureSkipTlsVerify);
        // Once more: nothing doubles. Then out again: as it was.
        QVERIFY(mergeIntoKubeconfig(f.path, dev(), true));
        QCOMPARE(f.document().get("clusters").size(), 2u);
        QVERIFY(removeFromKubeconfig(f.path, "kates-dev"));
        after = f.document();
        QCOMPARE(after.str("current-context"), std::string_view(""));
        after.set("current-context", "work");
        QVERIFY(after == before);
    }

    void whatCannotBeUnderstoodIsLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("not YAML") << QByteArray("clusters: [");
        QTest::newRow("a list") << QByteArray("- a\n- b\n");
        QTest::newRow("two documents") << QByteArray("a: 1\n---\nb: 2\n");
    }
    void whatCannotBeUnderstoodIsLeftAlone()
    {
        QFETCH(QByteArray, text);
        Fixture f;
        f.write(text.toStdString());
        auto merged = mergeIntoKubeconfig(f.path, dev(), true);
        QVERIFY(!merged);
        QVERIFY(merged.error().message.find(f.path.string()) != std::string::npos);
        QCOMPARE(*readFile(f.path), text.toStdString());
        QVERIFY(!fs::exists(f.path.string() + ".lock"));
    }

    void aFileThatSomebodyElseChangesIsNotTouched()
    {
        Fixture f;
        f.write(kOthers);
        std::ofstream(f.path.string() + ".lock") << "";
        QVERIFY(!mergeIntoKubeconfig(f.path, dev(), true));
        QCOMPARE(*readFile(f.path), std::string(kOthers));
        QVERIFY(fs::exists(f.path.string() + ".lock"));
    }

    void aLinkStaysALink()
    {
        Fixture f;
        f.write(kOthers);
        const fs::path link = f.directory.path() / "link";
        fs::create_symlink(f.path, link);
        QVERIFY(mergeIntoKubeconfig(link, dev(), true));
        QVERIFY(fs::is_symlink(link));
        QVERIFY(readKubeconfig(f.path, "kates-dev"));
    }

    void filesAreReadRelativeToTheKubeconfig()
    {
        Fixture f;
        f.write(json("{'apiVersion':'v1','kind':'Config','current-context':'c',"
                     "'clusters':[{'name':'k','cluster':{'server':'https://h','certificate-authority':'ca.pem'}}],"
                     "'users':[{'name':'u','user':{'tokenFile':'token'}}],'contexts':[{'name':'c','context':{'cluster':'k','user':'u'}}]}"));
        QVERIFY(writeFileAtomically(f.path.parent_path() / "ca.pem", "PEM"));
        auto context = readKubeconfig(f.path);
        QVERIFY(context);
        QCOMPARE(context->caPem, std::string("PEM"));
        QCOMPARE(context->tokenFile, (f.path.parent_path() / "token").string());
    }

    void whatIsMissingIsNamed()
    {
        Fixture f;
        QVERIFY(!readKubeconfig(f.path));
        f.write(kOthers);
        auto absent = readKubeconfig(f.path, "nowhere");
        QVERIFY(!absent);
        QVERIFY(absent.error().message.find("\"nowhere\"") != std::string::npos);
    }

    void credentialPluginsAndPasswordsAreRead()
    {
        Fixture f;
        f.write(json("{'current-context':'c','clusters':[{'name':'k','cluster':{'server':'https://h','proxy-url':'http://p',"
                     "'extensions':[{'name':'client.authentication.k8s.io/exec','extension':{'a':1}}]}}],"
                     "'users':[{'name':'u','user':{'exec':{'apiVersion':'client.authentication.k8s.io/v1beta1','command':'aws','args':['get token','it\\'s'],"
                     "'env':[{'name':'PROFILE','value':'a b'}],'provideClusterInfo':true}}},{'name':'b','user':{'username':'x','password':'y','as':'z'}}],"
                     "'contexts':[{'name':'c','context':{'cluster':'k','user':'u'}},{'name':'basic','context':{'cluster':'k','user':'b'}}]}"));
        auto plugin = readKubeconfig(f.path);
        QVERIFY2(plugin && plugin->exec, plugin ? "" : plugin.error().message.c_str());
        QVERIFY(plugin->exec->provideClusterInfo);
        QCOMPARE(plugin->exec->clusterConfig.get("a").asInt(), 1);
        QCOMPARE(plugin->proxyUrl, std::string("http://p"));
        QVERIFY(endpointOf(*plugin).error().message.find("\"exec\"") != std::string::npos);
        auto again = parseKubeconfig(toKubeconfig(*plugin));
        QVERIFY(again && again->exec && *again->exec == *plugin->exec);
        auto basic = readKubeconfig(f.path, "basic");
        QVERIFY(basic);
        QCOMPARE(basic->username + basic->password + basic->impersonate, std::string("xyz"));
    }

    void textNamesNoFiles()
    {
        const std::string text = json("{'current-context':'c','clusters':[{'name':'k','cluster':{'server':'https://h'}}],"
                                      "'users':[{'name':'u','user':{'client-certificate':'/etc/passwd'}}],'contexts':[{'name':'c','context':{'cluster':'k','user':'u'}}]}");
        auto context = parseKubeconfig(text);
        QVERIFY(!context);
        QVERIFY(context.error().message.find("/etc/passwd") != std::string::npos);
    }

    void serversBecomeEndpoints_data()
    {
        QTest::addColumn<QByteArray>("server");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<QByteArray>("prefix");
        QTest::newRow("plain") << QByteArray("http://h:8080") << QByteArray("h") << 8080 << QByteArray("");
        QTest::newRow("default port") << QByteArray("http://h/") << QByteArray("h") << 80 << QByteArray("");
        QTest::newRow("prefix") << QByteArray("http://127.0.0.1:1/clusters/dev/") << QByteArray("127.0.0.1") << 1 << QByteArray("/clusters/dev");
        QTest::newRow("IPv6") << QByteArray("http://[::1]:6443") << QByteArray("::1") << 6443 << QByteArray("");
        QTest::newRow("IPv6 without port") << QByteArray("http://[::1]") << QByteArray("::1") << 80 << QByteArray("");
        QTest::newRow("no scheme") << QByteArray("h:8080") << QByteArray() << 0 << QByteArray();
        QTest::newRow("bad port") << QByteArray("http://h:99999") << QByteArray() << 0 << QByteArray();
        QTest::newRow("no host") << QByteArray("http://:80") << QByteArray() << 0 << QByteArray();
    }
    void serversBecomeEndpoints()
    {
        QFETCH(QByteArray, server);
        QFETCH(QByteArray, host);
        QFETCH(int, port);
        QFETCH(QByteArray, prefix);
        KubeContext context;
        context.server = server.toStdString();
        auto endpoint = endpointOf(context);
        QCOMPARE(bool(endpoint), port != 0);
        if (!endpoint)
            return;
        QCOMPARE(endpoint->host, host.toStdString());
        QCOMPARE(endpoint->port, port);
        QCOMPARE(endpoint->pathPrefix, prefix.toStdString());
    }
};

QTEST_GUILESS_MAIN(KubeconfigTest)
#include "tst_kubeconfig.moc"
