// The kates binary: everyday commands, and the processes of a cluster (engine, master, node).
#include <CLI/CLI.hpp>

#include "engine/cluster/cli/commands.h"
#include "engine/cluster/engine/engine.h"
#include "engine/cluster/master/master.h"
#include "engine/cluster/node/node.h"
#include "engine/cluster/ready_line.h"

using namespace kates;
using namespace kates::cluster;

namespace {

template <typename Run>
int withConfig(const std::string& file, Run run)
{
    auto config = MachineConfig::read(file);
    if (!config) {
        std::fprintf(stderr, "kates: %s\n", config.error().message.c_str());
        return 1;
    }
    return run(*config);
}

void addRemoteCommands(CLI::App& app, const Paths& paths, int& code)
{
    auto attach = std::make_shared<cli::AttachOptions>();
    auto* attachCommand = app.add_subcommand("attach", "Attach a cluster that runs elsewhere, or change one that is attached");
    attachCommand->add_option("NAME", attach->name, "What it is called here; without it, as its context");
    attachCommand->add_option("--kubeconfig", attach->kubeconfig, "The kubeconfig to reach it with; a copy is kept")->check(CLI::ExistingFile);
    attachCommand->add_option("--context", attach->context, "The context in it; without it, the current one");
    attachCommand->add_option("--access", attach->access, "What may pass: ReadOnly (at first) or ReadWrite")->check(CLI::IsMember({"ReadOnly", "ReadWrite"}));
    attachCommand->add_flag("--allow-exec", attach->allowExec, "Approve the program that its kubeconfig gets credentials from");
    attachCommand->callback([attach, &paths, &code] { code = cli::attach(paths, *attach); });

    auto name = std::make_shared<std::string>();
    auto* detachCommand = app.add_subcommand("detach", "Forget an attached cluster with its credentials; the cluster itself is not touched");
    detachCommand->add_option("NAME", *name, "What it is called here")->required();
    detachCommand->callback([name, &paths, &code] { code = cli::detach(paths, *name); });
}

void addClusterCommands(CLI::App& app, const Paths& paths, int& code)
{
    auto up = std::make_shared<cli::UpOptions>();
    auto* upCommand = app.add_subcommand("up", "Create a cluster, or start or change one that exists");
    upCommand->add_option("NAME", up->name, "The cluster's name")->capture_default_str();
    upCommand->add_option("--masters", up->masters, "Control planes");
    upCommand->add_option("--nodes", up->nodes, "Nodes that run containers");
    upCommand->add_option("--simulated-nodes", up->simulatedNodes, "Nodes whose pods run nothing");
    upCommand->add_option("--port", up->port, "Port of the API server on the loopback; 0: any free one");
    upCommand->add_option("--runtime", up->runtime, "OCI runtime: Auto, crun or runc");
    upCommand->add_option("-f,--file", up->file, "A Cluster (engine.kates.dev/v1alpha1) in YAML")->check(CLI::ExistingFile);
    upCommand->add_option("--timeout", up->timeoutSeconds, "Seconds to wait until it is ready")->capture_default_str();
    upCommand->callback([up, &paths, &code] { code = cli::up(paths, *up); });

    auto name = std::make_shared<std::string>("kates");
    const auto named = [&](const char* command, const char* help, int (*run)(const Paths&, const std::string&)) {
        auto* sub = app.add_subcommand(command, help);
        sub->add_option("NAME", *name, "The cluster's name")->capture_default_str();
        sub->callback([name, run, &paths, &code] { code = run(paths, *name); });
    };
    named("down", "Stop a cluster and keep everything", cli::down);
    named("delete", "Delete a cluster and everything of it", cli::remove);
    named("status", "Show a cluster: steps, processes, what the host lacks; for an attached one, whether it answers", cli::status);
    addRemoteCommands(app, paths, code);
    app.add_subcommand("list", "List clusters, attached ones too")->callback([&paths, &code] { code = cli::list(paths); });

    auto kubeconfig = std::make_shared<cli::KubeconfigOptions>();
    auto* kubeconfigCommand = app.add_subcommand("kubeconfig", "Print a kubeconfig for a cluster, or merge it into yours");
    kubeconfigCommand->add_option("NAME", kubeconfig->name, "The cluster's name")->capture_default_str();
    kubeconfigCommand->add_flag("--merge", kubeconfig->merge, "Merge into $KUBECONFIG or ~/.kube/config and make it the current context");
    kubeconfigCommand->add_option("--file", kubeconfig->file, "Merge into this file instead");
    kubeconfigCommand->callback([kubeconfig, &paths, &code] { code = cli::kubeconfig(paths, *kubeconfig); });

    auto apply = std::make_shared<cli::ApplyOptions>();
    auto* applyCommand = app.add_subcommand("apply", "Apply manifests to a cluster, where there is no kubectl");
    applyCommand->add_option("NAME", apply->name, "The cluster's name")->capture_default_str();
    applyCommand->add_option("-f,--filename", apply->files, "Files with YAML or JSON documents")->required()->check(CLI::ExistingFile);
    applyCommand->add_option("--wait", apply->waitSeconds, "Wait so many seconds at most for the deployments to be available; then say what runs where")
        ->check(CLI::Range(0, 3600));
    applyCommand->callback([apply, &paths, &code] { code = cli::apply(paths, *apply); });

    auto logs = std::make_shared<cli::LogsOptions>();
    auto* logsCommand = app.add_subcommand("logs", "Print the log of one of a cluster's processes");
    logsCommand->add_option("NAME", logs->name, "The cluster's name")->capture_default_str();
    logsCommand->add_option("MACHINE", logs->machine, "master-0, node-1 …; without it the logs are listed");
    logsCommand->add_flag("-f,--follow", logs->follow, "Go on printing what is added");
    logsCommand->callback([logs, &paths, &code] { code = cli::logs(paths, *logs); });
}

void addImageCommands(CLI::App& app, const Paths& paths, int& code)
{
    auto* image = app.add_subcommand("image", "Images that all clusters of this user share")->require_subcommand(1);
    auto load = std::make_shared<cli::ImageLoadOptions>();
    auto* loadCommand = image->add_subcommand("load", "Load images from docker-save or OCI archives");
    loadCommand->add_option("FILE", load->files, "Archives or OCI layout directories")->required()->check(CLI::ExistingPath);
    loadCommand->add_option("--name", load->name, "Give the (only) image this name");
    loadCommand->callback([load, &paths, &code] { code = cli::imageLoad(paths, *load); });
    image->add_subcommand("list", "List images")->callback([&paths, &code] { code = cli::imageList(paths); });
}

void addProcessCommands(CLI::App& app, const Paths& paths, int& code)
{
    auto engine = std::make_shared<EngineOptions>();
    engine->paths = paths;
    std::error_code ignored;
    engine->program = std::filesystem::read_symlink("/proc/self/exe", ignored);
    auto* engineCommand = app.add_subcommand("engine", "Run the engine in the foreground (other commands start it by themselves)");
    engineCommand->add_option("--port", engine->port, "Port on the loopback; 0: the one of the last time");
    auto* stop = engineCommand->add_subcommand("stop", "Stop the engine; clusters go on running");
    stop->callback([&paths, &code] { code = cli::engineStop(paths); });
    engineCommand->callback([engine, stop, &code] {
        if (!stop->parsed())
            code = runEngine(*engine);
    });

    const auto process = [&](const char* command, const char* help, int (*run)(const MachineConfig&)) {
        auto config = std::make_shared<std::string>();
        auto* sub = app.add_subcommand(command, help)->group("Processes that the engine starts");
        sub->add_option("--config", *config, "The machine's config.json")->required();
        sub->callback([config, run, &code] { code = withConfig(*config, run); });
    };
    process("master", "Run a control plane", runMaster);
    process("node", "Run a node", runNode);
}

} // namespace

int main(int argc, char** argv)
{
    claimReadyFd();
    const Paths paths = Paths::fromEnvironment();
    int code = 0;
    CLI::App app("Kates: a real Kubernetes on this machine, without Docker, virtual machine or root", "kates");
    app.require_subcommand(1);
    app.set_version_flag("--version", "kates 0.1.0 (Kubernetes v1.35.0)");
    addClusterCommands(app, paths, code);
    addImageCommands(app, paths, code);
    addProcessCommands(app, paths, code);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return code;
}
