#include "engine/runtime/image/unpack/remove_at.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace kates::runtime {

namespace {

std::vector<std::string> takeNames(DIR* stream)
{
    std::vector<std::string> names;
    while (const auto* entry = ::readdir(stream)) {
        const std::string name = entry->d_name;
        if (name != "." && name != "..")
            names.push_back(name);
    }
    return names;
}

} // namespace

Result<void> removeAt(int directory, const std::string& path)
{
    if (::unlinkat(directory, path.c_str(), 0) == 0 || errno == ENOENT)
        return {};
    if (errno != EISDIR && errno != EPERM)
        return systemFailure("remove " + path);
    const int handle = ::openat(directory, path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR* stream = handle >= 0 ? ::fdopendir(handle) : nullptr;
    if (!stream)
        return systemFailure("remove " + path);
    Result<void> result;
    for (const auto& name : takeNames(stream))
        if (result = removeAt(::dirfd(stream), name); !result)
            break;
    ::closedir(stream);
    if (result && ::unlinkat(directory, path.c_str(), AT_REMOVEDIR) != 0)
        return systemFailure("remove " + path);
    return result;
}

} // namespace kates::runtime
