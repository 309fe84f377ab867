// Where everything of one node's containers lies on disk: the only place that knows.
//
//   sandboxes/<id>/   sandbox.json, hostname, ipc (its IPC namespace, bind-mounted), shm (its /dev/shm)
//   containers/<id>/  container.json, config.json (the OCI bundle), rootfs, upper, work; conmon's pid files, attach socket, ctl fifo, oom mark
//   exits/<id>        written by conmon when a container has ended: its exit code
//   runtime/          crun's or runc's own state
//   probe/            the bundle of the start-up probe
#pragma once

#include <filesystem>
#include <string>

namespace kates::runtime {

struct RuntimePaths {
    std::filesystem::path root;

    std::filesystem::path sandboxes() const { return root / "sandboxes"; }
    std::filesystem::path sandbox(const std::string& id) const { return sandboxes() / id; }
    std::filesystem::path sandboxRecord(const std::string& id) const { return sandbox(id) / "sandbox.json"; }
    std::filesystem::path sandboxHostname(const std::string& id) const { return sandbox(id) / "hostname"; }
    std::filesystem::path sandboxIpc(const std::string& id) const { return sandbox(id) / "ipc"; }
    std::filesystem::path sandboxShm(const std::string& id) const { return sandbox(id) / "shm"; }
    std::filesystem::path containers() const { return root / "containers"; }
    std::filesystem::path container(const std::string& id) const { return containers() / id; }
    std::filesystem::path containerRecord(const std::string& id) const { return container(id) / "container.json"; }
    std::filesystem::path rootfs(const std::string& id) const { return container(id) / "rootfs"; }
    std::filesystem::path exits() const { return root / "exits"; }
    std::filesystem::path exitFile(const std::string& id) const { return exits() / id; }
    std::filesystem::path runtimeState() const { return root / "runtime"; }
    std::filesystem::path probe() const { return root / "probe"; }
};

} // namespace kates::runtime
