// A container runtime on a loop of its own, driven step by step: each call runs the loop until its task is done.
#pragma once

#include <QtTest>
#include <fcntl.h>
#include <fstream>
#include <net/if.h>
#include <sched.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/base/process.h"
#include "engine/base/random.h"
#include "engine/http/client.h"
#include "engine/runtime/image/image_loader.h"
#include "engine/runtime/oci/oci_runtime.h"
#include "engine/runtime/simulated/simulated_runtime.h"
#include "tests/support/show_strings.h"

namespace kates::test {

using namespace kates::runtime;
using namespace std::chrono_literals;
constexpr const char* kSampleImage = "kates.dev/sample:1";

// A network namespace whose loopback is up, kept by a bind mount.
inline void makeNetworkNamespace(const std::filesystem::path& path)
{
    std::ofstream(path).close();
    std::thread([&] {
        const int made = ::unshare(CLONE_NEWNET);
        const OwnedFd socket(::socket(AF_INET, SOCK_DGRAM, 0));
        ifreq request {};
        std::snprintf(request.ifr_name, sizeof request.ifr_name, "lo");
        request.ifr_flags = IFF_UP;
        if (made != 0 || ::ioctl(socket.get(), SIOCSIFFLAGS, &request) != 0
            || ::mount("/proc/thread-self/ns/net", path.c_str(), nullptr, MS_BIND, nullptr) != 0)
            qFatal("no network namespace can be made: %s", strerror(errno));
    }).join();
}

class RuntimeHarness {
public:
    enum class Kind { Simulated, Oci };
    explicit RuntimeHarness(Kind kind, std::vector<std::string> programs = {"crun", "runc"}, std::optional<RootfsKind> rootfs = {})
        : m_kind(kind), m_programs(std::move(programs)), m_rootfs(rootfs), m_directory(std::move(*TemporaryDirectory::create("kates-runtime")))
    {
        m_network = m_directory.path() / "net";
        if (kind == Kind::Oci)
            makeNetworkNamespace(m_network);
        start();
        if (kind == Kind::Oci) {
            auto store = ImageStore::open(imageStore());
            const auto loaded = store ? loadImages(**store, KATES_SAMPLE_IMAGE) : unexpected(store.error());
            if (!loaded)
                qFatal("%s", loaded.error().message.c_str());
        }
    }
    ~RuntimeHarness()
    {
        for (const auto& sandbox : m_runtime->sandboxes())
            if (const auto removed = await(m_runtime->removePodSandbox(sandbox.id)); !removed)
                qWarning("%s", removed.error().message.c_str());
        m_runtime.reset();
        if (m_kind == Kind::Oci)
            ::umount2(m_network.c_str(), MNT_DETACH);
    }

    ContainerRuntime& runtime() { return *m_runtime; }
    Loop& loop() { return *m_loop; }
    bool real() const { return m_kind == Kind::Oci; }
    std::filesystem::path directory() const { return m_directory.path(); }
    std::filesystem::path runtimeDirectory() const { return m_directory.path() / "node"; }
    std::filesystem::path imageStore() const { return m_directory.path() / "images"; }
    std::filesystem::path network() const { return m_network; }
    std::vector<RuntimeEvent> events;

    template <typename T>
    T await(Task<T> task)
    {
        return runToCompletion(*m_loop, std::move(task));
    }
    template <typename T>
    T await(Future<T> future)
    {
        return runToCompletion(*m_loop, waitFor(future));
    }

    // As after a crash of this process: the old object is gone without having done anything.
    void restart()
    {
        crash();
        start();
    }
    void crash() { m_runtime.reset(); }
    void start()
    {
        if (m_kind == Kind::Simulated) {
            m_runtime = makeSimulatedRuntime(*m_loop, *m_random);
        } else {
            OciRuntimeOptions options {
                .imageStore = imageStore(), .directory = runtimeDirectory(), .programs = m_programs, .rootfs = m_rootfs, .pauseProgram = KATES_PAUSE};
            auto made = await(makeOciRuntime(*m_loop, *m_random, *m_launcher, *m_client, options));
            if (!made)
                qFatal("%s", made.error().message.c_str());
            m_runtime = std::move(*made);
        }
        m_runtime->onEvent([this](const RuntimeEvent& event) {
            events.push_back(event);
            auto waiting = std::exchange(m_waiting, {});
            waiting.set({});
        });
    }

    SandboxConfig sandboxConfig(const std::string& uid = "uid-1")
    {
        SandboxConfig config {.podUid = uid, .podName = "pod", .podNamespace = "default", .hostname = "pod"};
        config.logDirectory = (m_directory.path() / "logs" / uid).string();
        config.cgroupParent = cgroupParent(uid);
        config.networkNamespace = m_network.string();
        config.labels = {{"io.kubernetes.pod.uid", uid}};
        return config;
    }
    // Of this process alone: tests run at the same time.
    static std::string cgroupParent(const std::string& uid) { return "test" + std::to_string(::getpid()) + "/pod" + uid; }
    ContainerConfig containerConfig(std::vector<std::string> command = {}, const std::string& name = "main")
    {
        ContainerConfig config {.name = name, .image = kSampleImage, .command = std::move(command)};
        const auto image = m_runtime->image(kSampleImage);
        config.imageDigest = image ? image->digest : std::string();
        config.logPath = name + "/0.log";
        config.labels = {{"io.kubernetes.container.name", name}};
        return config;
    }
    std::string sandbox(const SandboxConfig& config) { return value(await(m_runtime->runPodSandbox(config))); }
    std::string sandbox() { return sandbox(sandboxConfig()); }
    std::string create(const std::string& sandboxId, const ContainerConfig& config)
    {
        return value(await(m_runtime->createContainer(sandboxId, config)));
    }
    std::string run(const std::string& sandboxId, const ContainerConfig& config)
    {
        const auto id = create(sandboxId, config);
        check(await(m_runtime->startContainer(id)));
        return id;
    }
    ContainerStatus waitExited(const std::string& id)
    {
        while (m_runtime->container(id)->state != ContainerState::Exited)
            await(m_waiting);
        return *m_runtime->container(id);
    }
    std::string log(const std::string& id) { return readFile(m_runtime->container(id)->logPath).value_or("<no log>"); }
    // Until the container has written that.
    void waitForLog(const std::string& id, const std::string& text)
    {
        waitForChange(m_runtime->container(id)->logPath, IN_MODIFY, [&] { return log(id).find(text) != std::string::npos; });
    }
    void waitForFile(const std::filesystem::path& path)
    {
        waitForChange(path.parent_path(), IN_CREATE | IN_MOVED_TO, [&] { return std::filesystem::exists(path); });
    }
    void waitForChange(const std::filesystem::path& path, std::uint32_t events, const std::function<bool()>& condition)
    {
        const OwnedFd notify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
        ::inotify_add_watch(notify.get(), path.c_str(), events);
        while (!condition()) {
            Event changed;
            const auto watch = m_loop->watch(notify.get(), Readable, [&](int) {
                char buffer[4096];
                (void)!::read(notify.get(), buffer, sizeof buffer);
                changed.set({});
            });
            await(changed);
        }
    }
    // The container's output, without what the log format adds.
    std::string output(const std::string& id)
    {
        std::istringstream lines(log(id));
        std::string text;
        for (std::string line; std::getline(lines, line);) { // time, stream, F or P (the line goes on), text
            const auto stream = line.find(' '), flag = line.find(' ', stream + 1), content = line.find(' ', flag + 1);
            text += line.substr(content + 1) + (line[flag + 1] == 'F' ? "\n" : "");
        }
        return text;
    }
    std::string runToEnd(const std::string& sandboxId, const ContainerConfig& config)
    {
        const auto id = run(sandboxId, config);
        waitExited(id);
        return output(id);
    }

    struct ExecOutcome {
        int code = 0;
        std::string out, err;
    };
    ExecOutcome exec(ExecRequest request, std::string input = {})
    {
        auto session = value(await(m_runtime->exec(std::move(request))));
        return await(collect(session.get(), std::move(input)));
    }
    ExecOutcome exec(const std::string& id, std::vector<std::string> command)
    {
        return exec(ExecRequest {.containerId = id, .command = std::move(command)});
    }

    template <typename T>
    static T value(Result<T> result)
    {
        if (!result)
            qFatal("%s", result.error().message.c_str());
        return std::move(*result);
    }
    static void check(const Result<void>& result)
    {
        if (!result)
            qFatal("%s", result.error().message.c_str());
    }
    static Task<std::string> readAll(http::Stream* stream)
    {
        std::string all;
        while (stream) {
            auto piece = co_await stream->read();
            if (!piece || piece->empty())
                break;
            all += *piece;
        }
        co_return all;
    }
    // Reads until the text is there, or the end.
    static Task<std::string> readUntil(http::Stream* stream, std::string wanted)
    {
        std::string all;
        while (all.find(wanted) == std::string::npos) {
            auto piece = co_await stream->read();
            if (!piece || piece->empty())
                break;
            all += *piece;
        }
        co_return all;
    }

private:
    template <typename T>
    static Task<T> waitFor(Future<T> future)
    {
        co_return co_await future;
    }
    static Task<void> fill(http::Stream* stream, std::string& into, Event done)
    {
        into = co_await readAll(stream);
        done.set({});
    }
    static Task<ExecOutcome> collect(ExecSession* session, std::string input)
    {
        ExecOutcome outcome;
        Event outDone, errDone;
        spawn(fill(session->standardOutput(), outcome.out, outDone));
        spawn(fill(session->standardError(), outcome.err, errDone));
        if (auto* stream = session->standardInput()) {
            (void)co_await stream->write(std::move(input));
            stream->closeWrite();
        }
        co_await outDone;
        co_await errDone;
        auto exited = session->exited();
        outcome.code = co_await exited;
        co_return outcome;
    }

    Kind m_kind;
    std::vector<std::string> m_programs;
    std::optional<RootfsKind> m_rootfs;
    TemporaryDirectory m_directory;
    std::filesystem::path m_network;
    std::unique_ptr<Loop> m_loop = makeLoop();
    std::unique_ptr<Random> m_random = makeSystemRandom();
    std::unique_ptr<ProcessLauncher> m_launcher = makeProcessLauncher(*m_loop);
    std::unique_ptr<http::Client> m_client = http::makeClient(*m_loop);
    std::unique_ptr<ContainerRuntime> m_runtime;
    Event m_waiting;
};

} // namespace kates::test
