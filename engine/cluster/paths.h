// Every file and directory of one user's Kates, drawn once.
//
//   $XDG_DATA_HOME/kates/                (~/.local/share/kates)
//     engine/        store.db, pki/, port, engine.log
//     images/        the content store, shared by all nodes of all clusters
//     clusters/<cluster>/
//       pki/         ca.crt, ca.key, sa.key, one <name>.crt and <name>.key each
//       <machine>/   config.json, pid, and what the machine keeps: store.db (master), pods/ logs/ (node)
//       logs/<machine>.log
//   $XDG_CONFIG_HOME/kates/engine.kubeconfig   (~/.config/kates) how to reach the engine: the window, the command line and kubectl use it
//   $XDG_RUNTIME_DIR/kates/              (/run/kates for root, else /tmp/kates-<uid>) gone after a reboot
//     holder pid, engine.lock, <cluster>/  namespaces, sockets and mounts of running nodes
#pragma once

#include <filesystem>
#include <string>

namespace kates::cluster {

struct Paths {
    std::filesystem::path data, config, run;

    static Paths fromEnvironment();

    std::filesystem::path engine() const { return data / "engine"; }
    std::filesystem::path engineStore() const { return engine() / "store.db"; }
    std::filesystem::path engineLog() const { return engine() / "engine.log"; }
    std::filesystem::path enginePort() const { return engine() / "port"; }
    std::filesystem::path engineKubeconfig() const { return config / "engine.kubeconfig"; }
    std::filesystem::path engineRecord() const { return run / "engine.pid"; }
    std::filesystem::path images() const { return data / "images"; }
    std::filesystem::path clusters() const { return data / "clusters"; }
    std::filesystem::path cluster(const std::string& name) const { return clusters() / name; }
    std::filesystem::path clusterPki(const std::string& name) const { return cluster(name) / "pki"; }
    std::filesystem::path machine(const std::string& cluster, const std::string& machine) const { return this->cluster(cluster) / machine; }
    std::filesystem::path log(const std::string& cluster, const std::string& machine) const { return this->cluster(cluster) / "logs" / (machine + ".log"); }
    std::filesystem::path clusterRun(const std::string& name) const { return run / name; }
};

} // namespace kates::cluster
