#include "measured_server.h"

#include <csignal>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/base/files.h"

namespace kates::bench {

namespace {

// "serving https://127.0.0.1:43211" on the pipe; empty when the program ended without it.
std::string readUrl(int fd)
{
    std::string text;
    char c;
    while (::read(fd, &c, 1) == 1 && c != '\n')
        text += c;
    auto at = text.find("https://");
    return at == std::string::npos ? "" : text.substr(at);
}

} // namespace

Result<std::unique_ptr<MeasuredServer>> MeasuredServer::start(Loop& loop, const std::filesystem::path& dir)
{
    int pipe[2];
    if (::pipe(pipe) != 0)
        return systemFailure("pipe");
    OwnedFd reading(pipe[0]), writing(pipe[1]);
    ProcessSpec spec;
    spec.program = KATES_TEST_APISERVER;
    spec.arguments = {"--dir", dir.string(), "--token", std::string(kToken)};
    spec.descriptors = {{1, writing.get()}, {2, 2}};
    spec.killWithParent = true;
    auto server = std::make_unique<MeasuredServer>();
    server->m_launcher = makeProcessLauncher(loop);
    auto process = server->m_launcher->start(spec);
    if (!process)
        return tl::unexpected(process.error());
    server->m_process = std::move(*process);
    writing.reset();
    auto url = readUrl(reading.get());
    if (url.empty())
        return failure("the server did not start");
    auto ca = readFile(dir / "ca.crt");
    if (!ca)
        return tl::unexpected(ca.error());
    http::TlsClientOptions options;
    options.caPem = *ca;
    auto tls = http::makeClientTls(options);
    if (!tls)
        return tl::unexpected(tls.error());
    server->m_endpoint = {"127.0.0.1", std::stoi(url.substr(url.rfind(':') + 1)), *tls};
    return server;
}

MeasuredServer::~MeasuredServer()
{
    if (m_process)
        m_process->kill(SIGKILL);
}

double MeasuredServer::cpuSeconds() const
{
    double nanoseconds = 0;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(m_process->pid()) + "/task")) {
        double running = 0;
        std::ifstream(task.path() / "schedstat") >> running;
        nanoseconds += running;
    }
    return nanoseconds * 1e-9;
}

long MeasuredServer::residentKilobytes() const
{
    long size = 0, resident = 0;
    std::ifstream("/proc/" + std::to_string(m_process->pid()) + "/statm") >> size >> resident;
    return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

} // namespace kates::bench
