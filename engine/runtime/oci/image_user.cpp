#include "engine/runtime/oci/image_user.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <linux/openat2.h>
#include <optional>
#include <set>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "engine/base/files.h"

namespace kates::runtime {

namespace {

constexpr std::int64_t kIdMax = 0xfffffffe;
constexpr off_t kUserFileSizeMaxBytes = 1 << 20;

std::optional<std::int64_t> parseId(std::string_view text)
{
    std::int64_t id = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (problem != std::errc() || end != text.data() + text.size() || id < 0 || id > kIdMax)
        return std::nullopt;
    return id;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const auto end = std::min(text.find(separator, start), text.size());
        parts.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return parts;
}

struct PasswdEntry {
    std::string name;
    std::int64_t uid = 0, gid = 0;
};

// By name first, then by number: a name may consist of digits.
std::optional<PasswdEntry> findPasswd(const std::string& passwd, std::string_view user)
{
    std::optional<PasswdEntry> byNumber;
    for (const auto line : split(passwd, '\n')) {
        const auto fields = split(line, ':');
        const auto uid = fields.size() > 3 ? parseId(fields[2]) : std::nullopt;
        const auto gid = fields.size() > 3 ? parseId(fields[3]) : std::nullopt;
        if (!uid || !gid)
            continue;
        if (fields[0] == user)
            return PasswdEntry {std::string(fields[0]), *uid, *gid};
        if (!byNumber && parseId(user) == uid)
            byNumber = PasswdEntry {std::string(fields[0]), *uid, *gid};
    }
    return byNumber;
}

std::optional<std::int64_t> findGroup(const std::string& group, std::string_view name)
{
    for (const auto line : split(group, '\n')) {
        const auto fields = split(line, ':');
        if (fields.size() > 2 && fields[0] == name)
            return parseId(fields[2]);
    }
    return parseId(name);
}

std::set<std::int64_t> groupsOf(const std::string& group, std::string_view user)
{
    std::set<std::int64_t> groups;
    for (const auto line : split(group, '\n')) {
        const auto fields = split(line, ':');
        if (fields.size() < 4)
            continue;
        const auto members = split(fields[3], ',');
        if (std::find(members.begin(), members.end(), user) != members.end())
            if (const auto gid = parseId(fields[2]))
                groups.insert(*gid);
    }
    return groups;
}

} // namespace

Result<ContainerUser> resolveUser(const SecurityContext& security, const std::string& imageUser, const std::string& passwd, const std::string& group)
{
    const auto colon = std::min(imageUser.find(':'), imageUser.size());
    const std::string groupWanted = colon < imageUser.size() ? imageUser.substr(colon + 1) : std::string();
    std::string userWanted = imageUser.substr(0, colon);
    if (security.runAsUser)
        userWanted = std::to_string(*security.runAsUser);
    if (userWanted.empty())
        userWanted = "0";
    ContainerUser user;
    const auto entry = findPasswd(passwd, userWanted);
    if (entry) {
        user.uid = entry->uid;
        user.gid = entry->gid;
    } else if (const auto uid = parseId(userWanted)) {
        user.uid = *uid;
    } else {
        return failure("the image's user \"" + userWanted.substr(0, 100) + "\" does not stand in its /etc/passwd");
    }
    if (security.runAsGroup) {
        user.gid = *security.runAsGroup;
    } else if (!groupWanted.empty() && !security.runAsUser) {
        const auto gid = findGroup(group, groupWanted);
        if (!gid)
            return failure("the image's group \"" + groupWanted.substr(0, 100) + "\" does not stand in its /etc/group");
        user.gid = *gid;
    }
    std::set<std::int64_t> groups(security.supplementalGroups.begin(), security.supplementalGroups.end());
    if (entry)
        groups.merge(groupsOf(group, entry->name));
    user.additionalGids.assign(groups.begin(), groups.end());
    return user;
}

std::string readInRoot(int rootDirectory, const std::string& path)
{
    open_how how {.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
    const OwnedFd file(static_cast<int>(::syscall(SYS_openat2, rootDirectory, path.c_str(), &how, sizeof how)));
    struct stat info {};
    if (!file || ::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > kUserFileSizeMaxBytes)
        return {};
    std::string content(static_cast<std::size_t>(info.st_size), '\0');
    const auto size = ::read(file.get(), content.data(), content.size());
    content.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return content;
}

} // namespace kates::runtime
