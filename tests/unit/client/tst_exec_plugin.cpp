#include <QtTest>

#include <csignal>
#include <filesystem>

#include "engine/api/json.h"
#include "engine/base/files.h"
#include "engine/base/time.h"
#include "engine/client/exec_plugin.h"

using namespace kates;
using namespace kates::client;
using namespace std::chrono_literals;

namespace {

// JSON with ' for ": moc 6.4 loses count of the braces in raw strings.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

const std::string kV1 = "client.authentication.k8s.io/v1";

// A plug-in that is a real shell script; it notes each of its runs.
struct Fixture {
    TemporaryDirectory directory = *TemporaryDirectory::create();
    std::unique_ptr<Loop> loop = makeLoop();
    std::unique_ptr<ProcessLauncher> processes = makeProcessLauncher(*loop);
    LoginPath path{*loop, *processes};
    ExecCommand command{.apiVersion = kV1, .command = file("plugin"), .interactiveMode = "Never"};

    std::string file(const std::string& name) const { return (directory.path() / name).string(); }
    void script(const std::string& body) const
    {
        QVERIFY(writeFileAtomically(file("plugin"), "#!/bin/sh\necho run >> " + file("runs") + "\n" + body + "\n", 0755));
    }
    void prints(const std::string& status) const
    {
        script("cat <<'END'\n" + json("{'kind':'ExecCredential','apiVersion':'" + kV1 + "','status':" + status + "}") + "\nEND");
    }
    ExecPlugin plugin(Duration timeout = 10s) { return {*loop, *processes, path, command, "told", timeout}; }
    int runs() const
    {
        const std::string text = readFile(file("runs")).value_or(std::string());
        return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
    }
    template <typename T>
    T run(Task<T> task)
    {
        return runToCompletion(*loop, std::move(task));
    }
};

std::string problem(const Result<ExecCredential>& result)
{
    return result ? std::string() : result.error().message;
}

Task<Result<ExecCredential>> both(ExecPlugin& plugin)
{
    Event first;
    spawn([](ExecPlugin& asked, Event done) -> Task<void> {
        (void)co_await asked.credential();
        done.set({});
    }(plugin, first));
    auto second = co_await plugin.credential();
    co_await first;
    co_return second;
}

Task<Result<ExecCredential>> destroyWhileItRuns(Loop& loop, std::unique_ptr<ExecPlugin> plugin, std::string started)
{
    Future<Result<ExecCredential>> answer;
    spawn([](ExecPlugin& asked, Future<Result<ExecCredential>> done) -> Task<void> { done.set(co_await asked.credential()); }(*plugin, answer));
    while (!std::filesystem::exists(started))
        (void)co_await sleepFor(loop, 5ms);
    plugin.reset();
    co_return co_await answer;
}

} // namespace

class ExecPluginTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { qputenv("SHELL", "/bin/sh"); }

    void aTokenIsKeptUntilItExpires()
    {
        Fixture f;
        f.prints("{'token':'one','expirationTimestamp':'2999-01-01T00:00:00Z'}");
        auto plugin = f.plugin();
        QCOMPARE(f.run(plugin.credential())->token, std::string("one"));
        QCOMPARE(f.run(plugin.credential())->token, std::string("one"));
        QCOMPARE(f.runs(), 1);
        f.prints("{'token':'two','expirationTimestamp':'2001-01-01T00:00:00Z'}");
        plugin.refused({"another", {}, {}, {}});
        QCOMPARE(f.run(plugin.credential())->token, std::string("one"));
        plugin.refused({"one", {}, {}, {}});
        QCOMPARE(f.run(plugin.credential())->token, std::string("two"));
        QCOMPARE(f.run(plugin.credential())->token, std::string("two")); // expired: asked for again
        QCOMPARE(f.runs(), 3);
    }

    void thoseWhoAskAtOnceShareARun()
    {
        Fixture f;
        f.prints("{'token':'one'}");
        auto plugin = f.plugin();
        QCOMPARE(f.run(both(plugin))->token, std::string("one"));
        QCOMPARE(f.runs(), 1);
    }

    void itSeesItsArgumentsEnvironmentAndTheCluster()
    {
        Fixture f;
        f.command.arguments = {"a b", "it's"};
        f.command.environment = {{"PROFILE", "prod"}};
        f.script("printf '%s|' \"$@\" \"$PROFILE\" \"$KUBERNETES_EXEC_INFO\" >&2; read line || exit 3");
        auto plugin = f.plugin();
        const std::string said = problem(f.run(plugin.credential()));
        QVERIFY2(said.find("a b|it's|prod|told|") != std::string::npos, said.c_str());
        QVERIFY2(said.find("PROFILE=prod " + f.command.command + " 'a b' 'it'\\''s'") != std::string::npos, said.c_str());
        QVERIFY2(said.find("exit code 3") != std::string::npos, said.c_str());
    }

    void aFailureSaysTheLastLineAndIsRememberedForAMoment()
    {
        Fixture f;
        f.script("echo first >&2; printf 'you are \\033[31mlogged out\\n\\n' >&2; exit 1");
        auto plugin = f.plugin();
        const std::string said = problem(f.run(plugin.credential()));
        QVERIFY2(said.ends_with(f.command.command + ": exit code 1: you are [31mlogged out"), said.c_str());
        QCOMPARE(problem(f.run(plugin.credential())), said);
        QCOMPARE(f.runs(), 1);
    }

    void hostileOutputIsAnError_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("said");
        const auto printed = [](const char* text) { return QByteArray("cat <<'END'\n") + json(text).c_str() + "\nEND"; };
        QTest::newRow("nothing") << QByteArray("true") << QByteArray("not JSON");
        QTest::newRow("endless") << QByteArray("exec cat /dev/zero") << QByteArray("printed more than");
        QTest::newRow("another kind") << printed("{'kind':'Pod','apiVersion':'v1'}") << QByteArray("it printed v1 Pod");
        const std::string head = "{'kind':'ExecCredential','apiVersion':'" + kV1 + "','status':";
        QTest::newRow("nothing in it") << printed((head + "{}}").c_str()) << QByteArray("neither a token");
        QTest::newRow("a header in the token") << printed((head + "{'token':'a\\r\\nX-Evil: 1'}}").c_str()) << QByteArray("characters that no token has");
        QTest::newRow("half a pair") << printed((head + "{'clientCertificateData':'PEM'}}").c_str()) << QByteArray("without its key");
        QTest::newRow("no time") << printed((head + "{'token':'t','expirationTimestamp':'soon'}}").c_str()) << QByteArray("is no time");
    }
    void hostileOutputIsAnError()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, said);
        Fixture f;
        f.script(body.toStdString());
        auto plugin = f.plugin();
        const std::string why = problem(f.run(plugin.credential()));
        QVERIFY2(why.find(said.toStdString()) != std::string::npos, why.c_str());
    }

    void aHangEndsWithAllItsProcesses()
    {
        Fixture f;
        f.script("sleep 1000 & echo $! > " + f.file("child") + "; wait");
        {
            auto plugin = f.plugin(300ms);
            const std::string why = problem(f.run(plugin.credential()));
            QVERIFY2(why.find("did not end in time") != std::string::npos, why.c_str());
        }
        expectGone(f);
        std::filesystem::remove(f.file("child"));
        auto plugin = std::make_unique<ExecPlugin>(*f.loop, *f.processes, f.path, f.command, "", 60s);
        const std::string why = problem(f.run(destroyWhileItRuns(*f.loop, std::move(plugin), f.file("child"))));
        QVERIFY2(why.find("not wanted any more") != std::string::npos, why.c_str());
        expectGone(f);
    }
    static void expectGone(const Fixture& f)
    {
        const int child = std::stoi(readFile(f.file("child")).value_or("0"));
        QVERIFY(child > 0);
        // It is init's child now: dead or about to be collected.
        QTRY_VERIFY(::kill(child, 0) != 0 || readFile("/proc/" + std::to_string(child) + "/stat").value_or(") Z").find(") Z") != std::string::npos);
    }

    void whatCannotRunIsSaid()
    {
        Fixture f;
        f.command.interactiveMode = "Always";
        auto interactive = f.plugin();
        QVERIFY(problem(f.run(interactive.credential())).find("interactiveMode Always") != std::string::npos);
        f.command.interactiveMode = "Never";
        f.command.command = "no-such-plugin";
        f.command.installHint = "Get it from the shop.";
        auto missing = f.plugin();
        const std::string why = problem(f.run(missing.credential()));
        QVERIFY2(why.find("no such program") != std::string::npos && why.ends_with("Get it from the shop."), why.c_str());
    }

    void theLoginShellSaysThePath()
    {
        Fixture f;
        QVERIFY(writeFileAtomically(f.file("shell"), "#!/bin/sh\necho noise\nPATH=/opt/mine:$PATH\nshift\neval \"$1\"\n", 0755));
        qputenv("SHELL", f.file("shell").c_str());
        const std::string path = f.run(f.path.get());
        qputenv("SHELL", "/bin/sh");
        QVERIFY2(path.starts_with("/opt/mine:"), path.c_str());
    }

    void theClusterIsToldWhenItIsWanted()
    {
        Fixture f;
        const ExecCluster cluster{"https://h", "name", "PEM", false};
        QVERIFY(!api::parseJson(execInfo(f.command, cluster))->get("spec").has("cluster"));
        f.command.provideClusterInfo = true;
        f.command.clusterConfig = api::Value::object({{"audience", "x"}});
        const auto info = *api::parseJson(execInfo(f.command, cluster));
        QCOMPARE(info.str("apiVersion"), std::string_view(kV1));
        QCOMPARE(info.str("spec", "cluster", "server"), std::string_view("https://h"));
        QCOMPARE(info.str("spec", "cluster", "certificate-authority-data"), std::string_view("UEVN"));
        QCOMPARE(info.str("spec", "cluster", "config", "audience"), std::string_view("x"));
        QVERIFY(!info.get("spec", "interactive").asBool(true));
    }
};

QTEST_GUILESS_MAIN(ExecPluginTest)
#include "tst_exec_plugin.moc"
