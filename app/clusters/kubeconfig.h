// Kubeconfig files that a user has: what contexts they hold, and one of them alone with every file embedded. Pure; nothing in a file is run.
#pragma once

#include <QString>

#include <vector>

#include "engine/api/value.h"
#include "engine/base/result.h"

namespace kates::app {

inline constexpr qint64 kKubeconfigBytesMax = 1 << 20;
inline constexpr qint64 kEmbeddedFileBytesMax = 1 << 20; // a certificate, a key or a token that it names
inline constexpr std::size_t kKubeContextsMax = 500; // more are not shown

struct KubeContext {
    QString name, user, server;
    QString authentication; // ClientCertificate, Token, ExecPlugin, Basic, None: as in RemoteCluster.status
    QString command; // of a credential plug-in, as a shell would read it; for display
    bool insecure = false; // the server's certificate is not verified
    QString problem; // why it cannot be attached; "" when it can
};

struct Kubeconfig {
    QString file;
    QString current; // the current context
    std::vector<KubeContext> contexts;
    api::Value document;
};

// A problem is a sentence that names the file; kubeconfigFix() says what helps against it.
[[nodiscard]] Result<Kubeconfig> readKubeconfig(const QString& file);
[[nodiscard]] Result<Kubeconfig> parseKubeconfig(const QString& file, std::string_view text);
[[nodiscard]] QString kubeconfigFix();

// A kubeconfig with that context, its cluster and its user alone. Files are read relative to the kubeconfig's folder and embedded; a plug-in's
// relative path becomes absolute. Reads files: not for the GUI thread.
[[nodiscard]] Result<std::string> singleContext(const Kubeconfig& config, const QString& context);

// The first file of $KUBECONFIG that exists, else ~/.kube/config.
[[nodiscard]] QString defaultKubeconfig();

} // namespace kates::app
