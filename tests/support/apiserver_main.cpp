// One API server over a store in a directory, with TLS and one administrator token, and nothing else: to try real clients against, and to measure.
//   apiserver --dir DIR [--port N] [--token TOKEN] [--memory] [--plain]
// Writes DIR/kubeconfig and prints one line when it answers.
#include <csignal>
#include <cstdio>
#include <cstring>
#include <signal.h>
#include <sys/signalfd.h>

#include "engine/apiserver/api_server.h"
#include "engine/base/files.h"
#include "engine/http/pki.h"
#include "engine/store/embedded_store.h"
#include "engine/store/memory_store.h"

using namespace kates;

namespace {

struct Arguments {
    std::string dir, token = "admin-token";
    int port = 0;
    bool memory = false, plain = false;
};

struct Pki {
    std::string caPem, serviceAccountKey;
    std::shared_ptr<http::TlsContext> tls;
};

Result<Pki> makePki(Loop& loop)
{
    auto authority = http::makeCertificateAuthority("kubernetes", 365, loop.wallTime());
    if (!authority)
        return tl::unexpected(authority.error());
    http::CertificateRequest request;
    request.commonName = "kube-apiserver";
    request.dnsNames = {"localhost", "kubernetes", "kubernetes.default.svc"};
    request.ipAddresses = {"127.0.0.1", "10.96.0.1"};
    request.server = true;
    auto leaf = http::issueCertificate(*authority, request, loop.wallTime());
    auto key = http::makeEcKey();
    if (!leaf || !key)
        return tl::unexpected(leaf ? key.error() : leaf.error());
    http::TlsServerOptions options{leaf->certificatePem, leaf->keyPem, authority->certificatePem};
    auto tls = http::makeServerTls(options);
    if (!tls)
        return tl::unexpected(tls.error());
    return Pki{authority->certificatePem, *key, *tls};
}

std::string kubeconfig(const std::string& server, const Arguments& arguments)
{
    return "apiVersion: v1\nkind: Config\ncurrent-context: dev\n"
           "contexts: [{name: dev, context: {cluster: dev, user: admin}}]\n"
           "clusters: [{name: dev, cluster: {server: \""
        + server + "\"" + (arguments.plain ? "" : ", certificate-authority: " + arguments.dir + "/ca.crt")
        + "}}]\nusers: [{name: admin, user: {token: \"" + arguments.token + "\"}}]\n";
}

Result<std::shared_ptr<store::Store>> openStore(Loop& loop, const Arguments& arguments)
{
    if (arguments.memory)
        return std::shared_ptr<store::Store>(store::makeMemoryStore(loop));
    store::EmbeddedStoreOptions options;
    options.file = arguments.dir + "/store.db";
    auto store = store::openEmbeddedStore(loop, options);
    if (!store)
        return tl::unexpected(store.error());
    return std::shared_ptr<store::Store>(std::move(*store));
}

Task<void> shutDown(Loop& loop, http::Server& server, apiserver::ApiServer& api, store::Store& store)
{
    co_await api.stop();
    co_await server.stop(std::chrono::seconds(2));
    co_await store.close();
    loop.stop();
}

Result<void> run(Loop& loop, const Arguments& arguments)
{
    auto made = makeDirectories(arguments.dir);
    auto pki = makePki(loop);
    auto store = openStore(loop, arguments);
    if (!made || !pki || !store)
        return tl::unexpected(!made ? made.error() : !pki ? pki.error() : store.error());
    // Listening comes first: the server's objects name its port. Nothing is read before the loop runs.
    std::unique_ptr<apiserver::ApiServer> api;
    http::ListenOptions listening;
    listening.port = arguments.port;
    listening.tls = arguments.plain ? nullptr : pki->tls;
    auto server = http::listen(loop, listening, [&api](http::Exchange& exchange) { return api->handler()(exchange); });
    if (!server)
        return tl::unexpected(server.error());
    apiserver::ApiServerOptions options;
    options.scheme = api::Scheme::kubernetes();
    options.store = *store;
    options.serviceAccountKeyPem = pki->serviceAccountKey;
    options.tokens = {{arguments.token, {"admin", "", {"system:masters"}}}};
    options.serverAddress = "127.0.0.1:" + std::to_string((*server)->port());
    api = apiserver::makeApiServer(loop, options);
    if (auto started = runToCompletion(loop, api->start()); !started)
        return started;
    auto url = (arguments.plain ? "http://127.0.0.1:" : "https://127.0.0.1:") + std::to_string((*server)->port());
    (void)writeFileAtomically(arguments.dir + "/ca.crt", pki->caPem);
    (void)writeFileAtomically(arguments.dir + "/kubeconfig", kubeconfig(url, arguments), 0600);
    std::printf("serving %s\n", url.c_str());
    std::fflush(stdout);

    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    OwnedFd fd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    Registration watch;
    watch = loop.watch(fd.get(), Readable, [&](int) {
        watch.reset();
        spawn(shutDown(loop, **server, *api, **store));
    });
    loop.run();
    return {};
}

Arguments parse(int argc, char** argv)
{
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        auto next = [&] { return i + 1 < argc ? argv[++i] : ""; };
        if (!std::strcmp(argv[i], "--dir"))
            arguments.dir = next();
        else if (!std::strcmp(argv[i], "--port"))
            arguments.port = std::atoi(next());
        else if (!std::strcmp(argv[i], "--token"))
            arguments.token = next();
        else if (!std::strcmp(argv[i], "--memory"))
            arguments.memory = true;
        else if (!std::strcmp(argv[i], "--plain"))
            arguments.plain = true;
    }
    return arguments;
}

} // namespace

int main(int argc, char** argv)
{
    auto arguments = parse(argc, argv);
    if (arguments.dir.empty()) {
        std::fprintf(stderr, "usage: %s --dir DIR [--port N] [--token TOKEN] [--memory] [--plain]\n", argv[0]);
        return 2;
    }
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    auto loop = makeLoop();
    auto ran = run(*loop, arguments);
    if (!ran)
        std::fprintf(stderr, "%s\n", ran.error().message.c_str());
    return ran ? 0 : 1;
}
