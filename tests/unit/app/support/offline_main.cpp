// kates-desktop-offline: the real window with the fake server's clusters, for developers and for screenshots. Takes kates-desktop's options.
#include <QGuiApplication>
#include <QTemporaryDir>

#include "app/shell/window.h"
#include "tests/unit/app/support/scenario.h"

int main(int argc, char** argv)
{
    kates::app::prepareApplication();
    QGuiApplication application(argc, argv);
    kates::app::CommandLine options = kates::app::CommandLine::parse(application);
    kates::app::test::FakeApiServer server;
    const int nodes = qEnvironmentVariableIntValue("KATES_OFFLINE_NODES");
    if (nodes > 0) {
        server.addCluster(QStringLiteral("large"));
        server.putYaml(kates::app::test::FakeApiServer::enginePath(), QStringLiteral("clusters"),
            "{metadata: {name: large}, spec: {masters: 1, simulatedNodes: 1000, running: true}, status: {phase: Running, nodesReady: 1000}}");
        populateLarge(server, QStringLiteral("large"), nodes, 10);
    }
    kates::app::test::populate(server);
    QTemporaryDir folder;
    options.connectionFile = folder.filePath(QStringLiteral("engine.kubeconfig"));
    server.writeConnectionFile(options.connectionFile);
    kates::app::Window window(options);
    return window.isLoaded() ? QGuiApplication::exec() : 1;
}
