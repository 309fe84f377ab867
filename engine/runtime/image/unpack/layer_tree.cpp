#include "engine/runtime/image/unpack/layer_tree.h"

#include <climits>
#include <deque>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/runtime/image/unpack/remove_at.h"

namespace kates::runtime {

namespace {

constexpr const char* kOpaqueAttribute = "user.overlay.opaque";
constexpr unsigned kImpliedMode = 0755;

std::string join(const std::string& directory, std::string_view name)
{
    return directory.empty() ? std::string(name) : directory + "/" + std::string(name);
}

std::string parentOf(const std::string& path)
{
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

Result<std::deque<std::string>> splitPath(std::string_view path, bool allowDotDot)
{
    if (path.size() > kPathLengthMax)
        return failure("a path in the layer is longer than " + std::to_string(kPathLengthMax) + " bytes");
    std::deque<std::string> components;
    for (std::size_t start = 0; start <= path.size();) {
        const auto end = std::min(path.find('/', start), path.size());
        const auto component = path.substr(start, end - start);
        start = end + 1;
        if (component.empty() || component == ".")
            continue;
        if (component == ".." && !allowDotDot)
            return failure("the layer holds the path \"" + std::string(path.substr(0, 200)) + "\": \"..\" is not allowed");
        if (component.size() > NAME_MAX)
            return failure("a name in the layer is longer than " + std::to_string(NAME_MAX) + " bytes");
        components.emplace_back(component);
    }
    if (components.size() > kPathDepthMax)
        return failure("a path in the layer is deeper than " + std::to_string(kPathDepthMax) + " directories");
    return components;
}

bool isOpaque(int root, const std::string& path)
{
    const OwnedFd directory(::openat(root, path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    char value = 0;
    return directory && ::fgetxattr(directory.get(), kOpaqueAttribute, &value, 1) == 1 && value == 'y';
}

} // namespace

LayerTree::Found LayerTree::look(int root, const std::string& path)
{
    struct stat info {};
    if (::fstatat(root, path.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return {};
    Found found {.mode = info.st_mode & 07777, .owner = info.st_uid, .group = info.st_gid};
    if (S_ISDIR(info.st_mode)) {
        found.kind = Kind::Directory;
    } else if (S_ISLNK(info.st_mode)) {
        char target[PATH_MAX];
        const auto length = ::readlinkat(root, path.c_str(), target, sizeof target);
        found.kind = Kind::Link;
        found.target.assign(target, length > 0 ? static_cast<std::size_t>(length) : 0);
    } else {
        found.kind = S_ISCHR(info.st_mode) && info.st_rdev == makedev(0, 0) ? Kind::Whiteout : Kind::Other;
    }
    return found;
}

// As overlayfs merges: the nearest layer that has the path decides, unless a layer above it hides one of its directories.
LayerTree::Found LayerTree::lookBelow(const std::string& path) const
{
    for (const int layer : m_lower) {
        bool hidesRest = false;
        for (std::size_t end = path.find('/'); end != std::string::npos; end = path.find('/', end + 1)) {
            const auto directory = path.substr(0, end);
            const auto kind = look(layer, directory).kind;
            if (kind == Kind::Absent)
                break;
            hidesRest = hidesRest || kind != Kind::Directory || isOpaque(layer, directory);
        }
        auto found = look(layer, path);
        if (found.kind != Kind::Absent)
            return found.kind == Kind::Whiteout ? Found {} : found;
        if (hidesRest)
            break;
    }
    return {};
}

Result<std::string> LayerTree::place(std::string_view name)
{
    auto components = splitPath(name, false);
    if (!components)
        return unexpected(components.error());
    if (components->empty())
        return ".";
    const std::string last = std::move(components->back());
    components->pop_back();
    std::string directory;
    int linksFollowed = 0;
    while (!components->empty()) {
        const std::string component = std::move(components->front());
        components->pop_front();
        if (component == "..") { // from a link's target; the root is its own parent
            directory = parentOf(directory);
            continue;
        }
        const auto candidate = join(directory, component);
        if (m_directories.contains(candidate)) {
            directory = candidate;
            continue;
        }
        auto found = look(m_root, candidate);
        const bool ours = found.kind != Kind::Absent && found.kind != Kind::Whiteout;
        if (!ours && found.kind == Kind::Absent)
            found = lookBelow(candidate);
        if (found.kind == Kind::Link) {
            auto target = splitPath(found.target, true);
            if (!target || ++linksFollowed > kLinksFollowedMax)
                return failure("the layer's path \"" + std::string(name.substr(0, 200)) + "\" leads through too many or too long symbolic links");
            if (found.target.starts_with('/'))
                directory.clear();
            components->insert(components->begin(), target->begin(), target->end());
            continue;
        }
        if (found.kind == Kind::Other)
            return failure("the layer holds \"" + std::string(name.substr(0, 200)) + "\", but " + candidate + " is not a directory");
        if (!ours)
            if (auto made = makeImplied(candidate, found); !made)
                return unexpected(made.error());
        m_directories.insert(candidate);
        directory = candidate;
    }
    return join(directory, last);
}

Result<void> LayerTree::makeImplied(const std::string& path, const Found& model)
{
    if (auto free = makeWay(path, true); !free)
        return free;
    const bool known = model.kind == Kind::Directory;
    if (::mkdirat(m_root, path.c_str(), kImpliedMode) != 0)
        return systemFailure("make the directory " + path + " of the layer");
    if (known) {
        // Without the privilege the owner stays ours, as with every other entry.
        (void)::fchownat(m_root, path.c_str(), model.owner, model.group, AT_SYMLINK_NOFOLLOW);
        (void)::fchmodat(m_root, path.c_str(), model.mode, 0);
    }
    return finishDirectory(path);
}

Result<void> LayerTree::finishDirectory(const std::string& path)
{
    return m_whiteouts.contains(path) ? makeOpaque(path) : Result<void>();
}

Result<void> LayerTree::makeWay(const std::string& path, bool directory)
{
    const auto kind = look(m_root, path).kind;
    if (kind != Kind::Absent && kind != Kind::Directory && ::unlinkat(m_root, path.c_str(), 0) != 0)
        return systemFailure("replace " + path + " of the layer");
    if (kind == Kind::Directory && !directory) {
        if (auto removed = removeAt(m_root, path); !removed)
            return removed;
        m_directories.clear(); // whatever lay in it is gone: learn again
    }
    if (m_style == WhiteoutStyle::InPlace)
        m_placed.insert(path);
    return {};
}

bool LayerTree::placedHere(const std::string& path) const
{
    return m_style == WhiteoutStyle::InPlace ? m_placed.contains(path) : look(m_root, path).kind != Kind::Absent;
}

Result<void> LayerTree::removeBelow(const std::string& path)
{
    if (m_style == WhiteoutStyle::InPlace) {
        if (placedHere(path))
            return look(m_root, path).kind == Kind::Directory ? removeContentFromBelow(path) : Result<void>();
        m_directories.clear();
        return removeAt(m_root, path);
    }
    // The marker speaks of what lies below: what this layer itself brought under the name stays.
    m_whiteouts.insert(path);
    const auto kind = look(m_root, path).kind;
    if (kind == Kind::Directory)
        return makeOpaque(path);
    if (kind == Kind::Absent && ::mknodat(m_root, path.c_str(), S_IFCHR, makedev(0, 0)) != 0)
        return systemFailure("record that the layer deletes " + path);
    return {};
}

Result<void> LayerTree::makeOpaque(const std::string& directory)
{
    if (m_style == WhiteoutStyle::InPlace)
        return removeContentFromBelow(directory);
    const OwnedFd handle(::openat(m_root, directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!handle || ::fsetxattr(handle.get(), kOpaqueAttribute, "y", 1, 0) != 0)
        return systemFailure("record that the layer hides what was in " + directory);
    return {};
}

Result<void> LayerTree::removeContentFromBelow(const std::string& directory)
{
    const int handle = ::openat(m_root, directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR* stream = handle >= 0 ? ::fdopendir(handle) : nullptr;
    if (!stream)
        return systemFailure("read the directory " + directory + " of the layer");
    std::vector<std::string> names;
    while (const auto* entry = ::readdir(stream))
        if (std::string_view(entry->d_name) != "." && std::string_view(entry->d_name) != "..")
            names.emplace_back(entry->d_name);
    ::closedir(stream);
    m_directories.clear();
    for (const auto& name : names) {
        const auto path = directory == "." ? name : join(directory, name);
        if (!m_placed.contains(path)) {
            if (auto removed = removeAt(m_root, path); !removed)
                return removed;
        } else if (look(m_root, path).kind == Kind::Directory) {
            if (auto removed = removeContentFromBelow(path); !removed)
                return removed;
        }
    }
    return {};
}

} // namespace kates::runtime
