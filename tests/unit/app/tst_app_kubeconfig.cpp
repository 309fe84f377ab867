#include <QTemporaryDir>
#include <QtTest>

#include "app/base/text.h"
#include "app/clusters/kubeconfig.h"
#include "engine/api/yaml.h"

using namespace kates::app;

class TestKubeconfig : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QFile::copy(QStringLiteral(KATES_TEST_DATA "/app/kubeconfig.yaml"), path("config")));
        write("ca.crt", "the authority\n");
        write("admin.crt", "the certificate\n");
        write("keys/admin.key", "the key\n");
        write("token", "secret-token\n");
    }

    void contextsAreListedWithWhatTheyNeed()
    {
        const auto config = readKubeconfig(path("config"));
        QVERIFY2(config, config ? "" : config.error().message.c_str());
        QCOMPARE(config->current, QStringLiteral("prod"));
        QCOMPARE(config->contexts.size(), std::size_t(6));
        QStringList authentications;
        for (const KubeContext& context : config->contexts)
            authentications.append(context.authentication);
        QCOMPARE(authentications,
            (QStringList { QStringLiteral("ClientCertificate"), QStringLiteral("Token"), QStringLiteral("ExecPlugin"), QStringLiteral("None"),
                QStringLiteral("ClientCertificate"), QStringLiteral("None") }));
        QCOMPARE(config->contexts[0].server, QStringLiteral("https://prod.example:6443"));
        QCOMPARE(config->contexts[0].user, QStringLiteral("admin"));
        QVERIFY(!config->contexts[0].insecure);
        QVERIFY(config->contexts[2].insecure);
        QCOMPARE(config->contexts[2].command, QStringLiteral("PROFILE=prod bin/login get-token --name 'my cluster' 'it'\\''s'"));
        QVERIFY(config->contexts[3].problem.contains(QLatin1String("auth-provider")));
        QVERIFY(config->contexts[4].problem.contains(QLatin1String("gone")));
        QVERIFY(config->contexts[5].problem.isEmpty());
    }

    void oneContextStandsAloneWithItsFilesEmbedded()
    {
        const auto config = readKubeconfig(path("config"));
        QVERIFY(config);
        const auto text = singleContext(*config, QStringLiteral("prod"));
        QVERIFY2(text, text ? "" : text.error().message.c_str());
        const auto documents = kates::api::parseYaml(*text);
        QVERIFY(documents && documents->size() == 1);
        const kates::api::Value& alone = documents->front().value;
        QCOMPARE(toQString(alone.str("current-context")), QStringLiteral("prod"));
        for (const char* list : { "contexts", "clusters", "users" })
            QCOMPARE(alone.get(list).size(), std::size_t(1));
        const kates::api::Value& user = alone.get("users").at(0).get("user");
        QCOMPARE(QByteArray::fromBase64(QByteArray::fromStdString(std::string(user.str("client-key-data")))), QByteArray("the key\n"));
        QVERIFY(!user.has("client-key") && !user.has("client-certificate"));
        QVERIFY(alone.get("clusters").at(0).get("cluster").has("certificate-authority-data"));
        QCOMPARE(toQString(alone.get("contexts").at(0).str("context", "namespace")), QStringLiteral("shop"));
        QVERIFY(text->find("secret-token") == std::string::npos);
    }

    void tokensAreReadAndPluginsGetAnAbsolutePath()
    {
        const auto config = readKubeconfig(path("config"));
        QVERIFY(config);
        const auto robot = singleContext(*config, QStringLiteral("robot"));
        QVERIFY(robot && robot->find("token: secret-token") != std::string::npos);
        const auto cloud = singleContext(*config, QStringLiteral("cloud"));
        QVERIFY(cloud && cloud->find(toStd(path("bin/login"))) != std::string::npos);
    }

    void missingFilesAreNamed()
    {
        QVERIFY(QFile::remove(path("keys/admin.key")));
        const auto config = readKubeconfig(path("config"));
        QVERIFY(config);
        const auto text = singleContext(*config, QStringLiteral("prod"));
        QVERIFY(!text);
        QVERIFY(toQString(text.error().message).contains(QLatin1String("keys/admin.key does not exist")));
        QVERIFY(!singleContext(*config, QStringLiteral("nowhere")));
    }

    void whatIsNoKubeconfigIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << QStringLiteral("no list of contexts");
        QTest::newRow("binary") << QByteArray::fromHex("7f454c46000102ff") << QStringLiteral("not a");
        QTest::newRow("broken") << QByteArray("contexts: [\n") << QStringLiteral("not a readable kubeconfig");
        QTest::newRow("list") << QByteArray("- a\n- b\n") << QStringLiteral("no list of contexts");
        QTest::newRow("noContext") << QByteArray("contexts: []\n") << QStringLiteral("holds no context");
        QTest::newRow("wrongTypes") << QByteArray("contexts: [3, {name: 4}, {name: x, context: 7}]\n") << QString();
        QTest::newRow("large") << QByteArray(kKubeconfigBytesMax + 1, ' ') << QStringLiteral("larger than 1024 KiB");
        QByteArray bomb("a0: &a0 [x]\n");
        for (int i = 1; i < 30; ++i)
            bomb += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + ("*a" + QByteArray::number(i - 1) + ", ").repeated(9) + "]\n";
        QTest::newRow("aliases") << bomb << QStringLiteral("not a readable kubeconfig");
    }
    void whatIsNoKubeconfigIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        write("config", text);
        const auto config = readKubeconfig(path("config"));
        if (says.isEmpty()) {
            // Understood as far as it goes: what is not there cannot be attached.
            for (const KubeContext& context : config ? config->contexts : std::vector<KubeContext>())
                QVERIFY(!context.problem.isEmpty());
            return;
        }
        QVERIFY(!config);
        QVERIFY2(toQString(config.error().message).contains(says), config.error().message.c_str());
        QVERIFY(toQString(config.error().message).contains(path("config")));
        QVERIFY(!kubeconfigFix().isEmpty());
    }

    void devicesAndFoldersAreNotRead()
    {
        QVERIFY(!readKubeconfig(QStringLiteral("/dev/zero")));
        QVERIFY(!readKubeconfig(folder->path()));
        QVERIFY(!readKubeconfig(path("absent")));
    }

    void theDefaultIsTheFirstThatExists()
    {
        qputenv("KUBECONFIG", (path("absent") + u':' + path("config")).toUtf8());
        QCOMPARE(defaultKubeconfig(), path("config"));
        qunsetenv("KUBECONFIG");
        QVERIFY(defaultKubeconfig().endsWith(QLatin1String("/.kube/config")));
    }

private:
    QString path(const char* name) const { return folder->filePath(QLatin1String(name)); }
    void write(const char* name, const QByteArray& text)
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    std::unique_ptr<QTemporaryDir> folder;
};

QTEST_GUILESS_MAIN(TestKubeconfig)
#include "tst_app_kubeconfig.moc"
