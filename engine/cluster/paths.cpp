#include "engine/cluster/paths.h"

#include <cstdlib>
#include <unistd.h>

namespace kates::cluster {

namespace fs = std::filesystem;

namespace {

// The XDG base directory specification: a variable that is not an absolute path is ignored.
fs::path fromVariable(const char* variable, const fs::path& fallback)
{
    const char* value = std::getenv(variable);
    return value && *value == '/' ? fs::path(value) : fallback;
}

} // namespace

Paths Paths::fromEnvironment()
{
    const fs::path home = fromVariable("HOME", "/root");
    const std::string uid = std::to_string(::getuid());
    Paths paths;
    paths.data = fromVariable("XDG_DATA_HOME", home / ".local/share") / "kates";
    paths.config = fromVariable("XDG_CONFIG_HOME", home / ".config") / "kates";
    paths.run = fromVariable("XDG_RUNTIME_DIR", fs::path()).empty() ? fs::path(::getuid() == 0 ? "/run/kates" : "/tmp/kates-" + uid)
                                                                    : fromVariable("XDG_RUNTIME_DIR", {}) / "kates";
    return paths;
}

} // namespace kates::cluster
