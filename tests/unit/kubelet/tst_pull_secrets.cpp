#include <QtTest>

#include "engine/api/json.h"
#include "engine/base/base64.h"
#include "engine/kubelet/pull_secrets.h"

using namespace kates;
using namespace kates::kubelet;

namespace {

// JSON with ' for ": moc 6.4 loses count of the braces in raw strings.
api::Value secret(std::string text, const std::string& type = "kubernetes.io/dockerconfigjson")
{
    std::replace(text.begin(), text.end(), '\'', '"');
    const bool old = type == "kubernetes.io/dockercfg";
    const api::Value data = api::Value::object({{old ? ".dockercfg" : ".dockerconfigjson", encodeBase64(text)}});
    return api::Value::object({{"type", type}, {"data", data}});
}

QString users(const std::string& image, const std::vector<api::Value>& secrets)
{
    QStringList names;
    for (const auto& credential : pullCredentials(image, secrets))
        names << QString::fromStdString(credential.username + ":" + credential.password);
    return names.join(' ');
}

} // namespace

class PullSecretsTest : public QObject {
    Q_OBJECT
private slots:
    void theRegistryDecides_data()
    {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QByteArray>("image");
        QTest::addColumn<bool>("meant");
        const auto row = [](const char* entry, const char* image, bool meant) { QTest::newRow(qPrintable(QString("%1 for %2").arg(entry, image))) << QByteArray(entry) << QByteArray(image) << meant; };
        row("registry.io", "registry.io/a/b:1", true);
        row("https://registry.io/v2/", "registry.io/a/b:1", true);
        row("registry.io:5000", "registry.io/a", false);
        row("127.0.0.1:5000", "127.0.0.1:5000/a", true);
        row("registry.io/team", "registry.io/team/x", true);
        row("registry.io/team", "registry.io/teams/x", false);
        row("*.registry.io", "eu.registry.io/x", true);
        row("*.registry.io", "a.eu.registry.io/x", false);
        row("eu-*.registry.io", "eu-1.registry.io/x", true);
        row("https://index.docker.io/v1/", "nginx", true);
        row("docker.io", "team/app:1", true);
        row("registry.io", "registry.io.evil.com/x", false);
        row("registry.io", "nginx", false);
    }
    void theRegistryDecides()
    {
        QFETCH(QByteArray, entry);
        QFETCH(QByteArray, image);
        QFETCH(bool, meant);
        const auto credentials = users(image.toStdString(), {secret("{'auths':{'" + entry.toStdString() + "':{'username':'u','password':'p'}}}")});
        QCOMPARE(credentials, meant ? QString("u:p") : QString());
    }

    void bothFormsAreReadAndTheMostSpecificComesFirst()
    {
        const std::string auth = encodeBase64("b:with:colon");
        QCOMPARE(users("r.io/team/x",
                     {secret("{'r.io':{'username':'a','password':'1'}}", "kubernetes.io/dockercfg"), secret("{'auths':{'r.io/team':{'auth':'" + auth + "'},'r.io':{}}}")}),
            QString("b:with:colon a:1"));
    }

    void whatCannotBeReadIsLeftOut()
    {
        QCOMPARE(users("r.io/x", {api::Value(), secret("nonsense"), secret("{'auths':[]}"), secret("{'auths':{'r.io':{'auth':'%%'}}}"), secret("{'r.io':{'username':'u'}}", "Opaque")}),
            QString());
    }
};

QTEST_GUILESS_MAIN(PullSecretsTest)
#include "tst_pull_secrets.moc"
