// Kubeconfig files: reading one context out, merging one in, taking one out.
//
// Changes are made under kubectl's own lock (<file>.lock), written atomically with mode 0600, and keep everything else that the file says (not its
// comments, as kubectl). A file that cannot be understood is left as it is and named in the error.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "engine/api/value.h"
#include "engine/base/result.h"
#include "engine/client/exec_command.h"

namespace kates::client {

// One context with its cluster and user, everything inline.
struct KubeContext {
    std::string name;
    std::string server; // https://127.0.0.1:6443/clusters/dev
    std::string ns;     // empty: default
    std::string caPem;
    std::string clientCertificatePem, clientKeyPem;
    std::string token, tokenFile;
    std::string tlsServerName;
    bool insecureSkipTlsVerify = false;
    std::string username, password;  // basic authentication
    std::optional<ExecCommand> exec; // a credential plug-in
    std::string proxyUrl, impersonate; // proxy-url and as: read so that they can be refused; never written
};

// `name` empty: the current context. Files that the kubeconfig names are read, relative to it. A context whose user needs an auth-provider is an error that
// says so.
[[nodiscard]] Result<KubeContext> readKubeconfig(const std::filesystem::path& path, const std::string& name = {});
// The same from text that has no place on this machine: a file that it names (a certificate, a token) is an error.
[[nodiscard]] Result<KubeContext> parseKubeconfig(std::string_view text, const std::string& name = {});

// Sets the context, cluster and user called context.name. A missing file is created.
[[nodiscard]] Result<void> mergeIntoKubeconfig(const std::filesystem::path& path, const KubeContext& context, bool makeCurrent);
// Removes them again, and the current context when it was this one. No file, or no such context: nothing to do.
[[nodiscard]] Result<void> removeFromKubeconfig(const std::filesystem::path& path, const std::string& name);

// A whole kubeconfig with this one context.
[[nodiscard]] std::string toKubeconfig(const KubeContext& context);

} // namespace kates::client
