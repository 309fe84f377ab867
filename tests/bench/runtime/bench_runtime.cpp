// Figures of the container runtime: create → running, by step, and what it costs us in CPU; unpacking in MB/s; memory of simulated pods.
//   build/bench/bench_runtime [rounds [program…]]
// With KATES_TEST_USER=root or another user: in that user's namespaces, as nodes run.
#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <malloc.h>
#include <sys/resource.h>

#include "engine/runtime/image/layer_store.h"
#include "tests/support/image_builder.h"
#include "tests/support/run_as.h"
#include "tests/support/runtime_harness.h"

using namespace kates;
using namespace kates::test;
using Clock = std::chrono::steady_clock;

namespace {

double milliseconds(Clock::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

double cpuMilliseconds()
{
    rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec * 1e3 + usage.ru_utime.tv_usec / 1e3 + usage.ru_stime.tv_sec * 1e3 + usage.ru_stime.tv_usec / 1e3;
}

// Share of the time that the hypervisor gave to others: figures with much of it say little.
double stealShare(bool start)
{
    static double before[2];
    long long user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, steal = 0;
    std::ifstream stat("/proc/stat");
    std::string cpu;
    stat >> cpu >> user >> nice >> system >> idle >> wait >> irq >> soft >> steal;
    const double all = static_cast<double>(user + nice + system + idle + wait + irq + soft + steal);
    const double share = all > before[1] ? 100.0 * (static_cast<double>(steal) - before[0]) / (all - before[1]) : 0;
    if (start) {
        before[0] = static_cast<double>(steal);
        before[1] = all;
    }
    return share;
}

struct Series {
    const char* name;
    std::vector<double> values;
    void print()
    {
        std::sort(values.begin(), values.end());
        std::printf("%-28s p50 %7.1f ms   p90 %7.1f ms\n", name, values[values.size() / 2], values[values.size() * 9 / 10]);
    }
};

// What crun or runc take by themselves for such a container, without conmon, to know our part.
double runAlone(RuntimeHarness& harness, const std::string& program, const std::string& pod)
{
    const auto id = harness.create(pod, harness.containerConfig({"true"}, "alone"));
    const auto bundle = harness.runtimeDirectory() / "containers" / id;
    const auto launcher = makeProcessLauncher(harness.loop());
    const ProcessSpec spec {.program = program,
        .arguments = {"--root", (harness.directory() / "alone").string(), "run", "--no-new-keyring", "--bundle", bundle.string(), "alone"}};
    const auto begin = Clock::now();
    const auto ran = harness.await(launcher->run(spec));
    const double taken = milliseconds(Clock::now() - begin);
    if (!ran || !ran->status.success())
        qFatal("%s", ran ? ran->standardError.c_str() : ran.error().message.c_str());
    harness.check(harness.await(harness.runtime().removeContainer(id)));
    return taken;
}

void containers(int rounds, const std::string& program)
{
    RuntimeHarness harness(RuntimeHarness::Kind::Oci, {program});
    std::printf("\n%s %s%s\n", harness.runtime().name().c_str(), harness.runtime().version().c_str(), ::geteuid() == 0 ? "" : " (user)");
    Series alone {"the program alone: run true", {}}, sandbox {"runPodSandbox", {}}, create {"createContainer", {}}, start {"startContainer", {}},
        whole {"create -> running", {}}, stop {"stopContainer (kill)", {}}, remove {"removeContainer", {}}, exec {"exec true", {}},
        end {"removePodSandbox", {}};
    stealShare(true);
    const double cpu = cpuMilliseconds();
    for (int round = 0; round < rounds; ++round) {
        auto lap = Clock::now();
        auto take = [&](Series& series) { series.values.push_back(milliseconds(Clock::now() - std::exchange(lap, Clock::now()))); };
        const auto pod = harness.sandbox();
        take(sandbox);
        const auto config = harness.containerConfig({"sleep", "1000"});
        lap = Clock::now();
        const auto id = harness.create(pod, config);
        take(create);
        alone.values.push_back(runAlone(harness, program, pod));
        lap = Clock::now();
        harness.check(harness.await(harness.runtime().startContainer(id)));
        take(start);
        whole.values.push_back(create.values.back() + start.values.back());
        harness.exec(id, {"true"});
        take(exec);
        harness.check(harness.await(harness.runtime().stopContainer(id, 0s)));
        take(stop);
        harness.check(harness.await(harness.runtime().removeContainer(id)));
        take(remove);
        harness.check(harness.await(harness.runtime().removePodSandbox(pod)));
        take(end);
    }
    for (auto* series : {&alone, &sandbox, &create, &start, &whole, &exec, &stop, &remove, &end})
        series->print();
    std::printf("%-28s %7.1f ms of our CPU per pod; steal %.0f %%\n", "", (cpuMilliseconds() - cpu) / rounds, stealShare(false));
}

void unpacking()
{
    const auto directory = std::move(*TemporaryDirectory::create("kates-bench"));
    std::string content(64u << 10, '\0');
    unsigned state = 1;
    for (auto& byte : content)
        byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 28); // compresses a little
    TarBuilder tar;
    for (int file = 0; file < 2000; ++file)
        tar.file("d" + std::to_string(file / 50) + "/f" + std::to_string(file), content);
    const auto image = buildImage({tar.finish()});
    const auto path = directory.path() / "image.tar";
    (void)writeFileAtomically(path, layoutTar(image, "a/b:1").finish());
    const auto store = ImageStore::open(directory.path() / "store").value();
    const double megabytes = static_cast<double>(image.layers[0].size()) / 1e6;
    stealShare(true);
    auto lap = Clock::now();
    const auto loaded = loadImages(*store, path).value();
    const double load = milliseconds(Clock::now() - std::exchange(lap, Clock::now()));
    const auto layers = ensureLayers(*store, store->resolve(loaded.front().digest).value());
    const double unpack = milliseconds(Clock::now() - lap);
    if (!layers)
        qFatal("%s", layers.error().message.c_str());
    std::printf("\nimage of %.0f MB, 2000 files: load %.0f MB/s, unpack %.0f MB/s; steal %.0f %%\n", megabytes, megabytes / load * 1e3,
        megabytes / unpack * 1e3, stealShare(false));
}

void simulated()
{
    constexpr int kPods = 10'000;
    RuntimeHarness harness(RuntimeHarness::Kind::Simulated);
    const auto random = makeSystemRandom();
    const auto before = ::mallinfo2().uordblks;
    const auto begin = Clock::now();
    for (int pod = 0; pod < kPods; ++pod)
        harness.run(harness.sandbox(harness.sandboxConfig(random->uuid())), harness.containerConfig());
    harness.events = {};
    std::printf("\nsimulated: %zu bytes per pod of one container, %.1f us to start one\n", (::mallinfo2().uordblks - before) / kPods,
        milliseconds(Clock::now() - begin) * 1e3 / kPods);
}

} // namespace

int main(int count, char** arguments)
{
    return runAs(count, arguments, [](int bodyCount, char** bodyArguments) {
        const int rounds = bodyCount > 1 ? std::atoi(bodyArguments[1]) : 20;
        std::vector<std::string> programs(bodyArguments + std::min(bodyCount, 2), bodyArguments + bodyCount);
        if (programs.empty())
            programs = {"runc"};
        for (const auto& program : programs)
            containers(rounds, program);
        unpacking();
        simulated();
        return 0;
    });
}
