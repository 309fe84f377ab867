// Debian's docker-registry on a free port of the loopback, and skopeo to push to it.
#pragma once

#include <csignal>

#include "tests/support/runtime_harness.h"

namespace kates::test {

class DockerRegistry {
public:
    // `password`: the user "user" has to give it; empty: everybody may.
    DockerRegistry(RuntimeHarness& harness, bool withPassword) : m_harness(harness), m_launcher(makeProcessLauncher(harness.loop()))
    {
        const auto directory = harness.directory() / "registry";
        std::filesystem::create_directories(directory / "storage");
        std::string config
            = "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: " + (directory / "storage").string() + "\nhttp:\n  addr: 127.0.0.1:0\n";
        if (withPassword) {
            // user:secret, by bcrypt
            RuntimeHarness::check(writeFileAtomically(directory / "htpasswd", "user:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n"));
            config += "auth:\n  htpasswd:\n    realm: test\n    path: " + (directory / "htpasswd").string() + "\n";
        }
        RuntimeHarness::check(writeFileAtomically(directory / "config.yml", config));
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            qFatal("no pipe");
        const OwnedFd writeEnd(ends[1]);
        m_output = http::streamFromFd(harness.loop(), ends[0]);
        const ProcessSpec spec {.program = "docker-registry", .arguments = {"serve", (directory / "config.yml").string()},
            .environment = std::vector<std::string> {"PATH=/usr/bin:/bin", "OTEL_TRACES_EXPORTER=none"}, .descriptors = {{1, ends[1]}, {2, ends[1]}},
            .killWithParent = true};
        m_process = RuntimeHarness::value(m_launcher->start(spec));
        const std::string wanted = "listening on 127.0.0.1:";
        auto text = harness.await(RuntimeHarness::readUntil(m_output.get(), wanted));
        m_host = text.substr(text.find(wanted) + 13);
        m_host = m_host.substr(0, m_host.find_first_not_of("0123456789.:"));
    }
    ~DockerRegistry()
    {
        m_process->kill(SIGKILL);
        m_harness.await(m_process->exited());
    }
    const std::string& host() const { return m_host; }

    void push(const std::string& source, const std::string& name, std::vector<std::string> options = {})
    {
        ProcessSpec spec {.program = "skopeo", .arguments = {"--insecure-policy", "copy", "--quiet", "--dest-tls-verify=false"}};
        spec.arguments.insert(spec.arguments.end(), options.begin(), options.end());
        spec.arguments.insert(spec.arguments.end(), {source, "docker://" + m_host + "/" + name});
        const auto ran = RuntimeHarness::value(m_harness.await(m_launcher->run(spec)));
        if (!ran.status.success())
            qFatal("%s", ran.standardError.c_str());
    }

private:
    RuntimeHarness& m_harness;
    std::unique_ptr<ProcessLauncher> m_launcher;
    std::unique_ptr<http::Stream> m_output;
    std::unique_ptr<Process> m_process;
    std::string m_host;
};

} // namespace kates::test
