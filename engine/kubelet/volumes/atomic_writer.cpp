#include "engine/kubelet/volumes/atomic_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/base/time.h"

namespace kates::kubelet {

namespace fs = std::filesystem;

namespace {

bool staysInside(const std::string& path)
{
    const fs::path relative(path);
    if (path.empty() || relative.is_absolute())
        return false;
    for (const auto& part : relative)
        if (part == ".." || part.empty())
            return false;
    return !path.starts_with("..");
}

Result<void> writeOne(const fs::path& path, const ProjectedFile& file)
{
    auto made = makeDirectories(path.parent_path(), 0755);
    if (!made)
        return made;
    OwnedFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, static_cast<mode_t>(file.mode)));
    if (!fd)
        return systemFailure("write " + path.string());
    std::string_view rest = file.content;
    while (!rest.empty()) {
        const ssize_t written = ::write(fd.get(), rest.data(), rest.size());
        if (written < 0)
            return systemFailure("write " + path.string());
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fchmod(fd.get(), static_cast<mode_t>(file.mode)) != 0)
        return systemFailure("write " + path.string());
    return {};
}

// The user-visible names: the first part of each path.
std::set<std::string> topNames(const ProjectedFiles& files)
{
    std::set<std::string> names;
    for (const auto& [path, file] : files)
        names.insert(fs::path(path).begin()->string());
    return names;
}

Result<void> replaceLink(const fs::path& link, const std::string& target)
{
    const fs::path temporary = link.string() + "_tmp";
    ::unlink(temporary.c_str());
    if (::symlink(target.c_str(), temporary.c_str()) != 0 || ::rename(temporary.c_str(), link.c_str()) != 0)
        return systemFailure("link " + link.string());
    return {};
}

} // namespace

Result<void> writeProjectedFiles(const fs::path& directory, const ProjectedFiles& files, WallTime now)
{
    for (const auto& [path, file] : files)
        if (!staysInside(path))
            return failure("the path \"" + path + "\" leaves its volume");
    auto made = makeDirectories(directory, 0755);
    if (!made)
        return made;

    std::string stamp = formatMicroTime(now);
    for (char& letter : stamp)
        if (letter == '-' || letter == ':' || letter == 'T' || letter == 'Z')
            letter = '_';
    const std::string version = ".." + stamp;
    const fs::path fresh = directory / version;
    auto fail = [&](Result<void> problem) {
        (void)removeTree(fresh);
        return problem;
    };
    if (auto makeFresh = makeDirectories(fresh, 0755); !makeFresh)
        return makeFresh;
    for (const auto& [path, file] : files)
        if (auto written = writeOne(fresh / path, file); !written)
            return fail(written);

    std::error_code ignored;
    const fs::path previous = fs::read_symlink(directory / "..data", ignored);
    if (auto swapped = replaceLink(directory / "..data", version); !swapped)
        return fail(swapped);
    const auto names = topNames(files);
    for (const std::string& name : names)
        if (!fs::is_symlink(directory / name))
            if (auto linked = replaceLink(directory / name, "..data/" + name); !linked)
                return linked;
    for (const auto& entry : fs::directory_iterator(directory, ignored)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("..") && !names.contains(name))
            fs::remove(entry.path(), ignored);
    }
    if (!previous.empty() && previous != version)
        (void)removeTree(directory / previous);
    return {};
}

} // namespace kates::kubelet
