// The directory into which one layer is unpacked, seen together with the layers below it.
//
// Two things need that view. A tar may name a file without naming its directories: they take their mode and owner from the layer below, or overlayfs
// would show the wrong ones. And a path may lead through a symbolic link ("lib" -> "usr/lib"): it is followed here, confined to the root, so that
// nothing is ever written through a link.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engine/base/result.h"

namespace kates::runtime {

constexpr std::size_t kPathLengthMax = 4000;
constexpr std::size_t kPathDepthMax = 200;
constexpr int kLinksFollowedMax = 40;

// How a deletion is recorded.
enum class WhiteoutStyle {
    Overlay, // as overlayfs reads it: a character device 0/0; an opaque directory has the attribute user.overlay.opaque
    InPlace, // all layers go into one directory: the file is removed
};

class LayerTree {
public:
    // Descriptors stay the caller's. `lower` lists the layers below, nearest first (InPlace: empty).
    LayerTree(int root, std::vector<int> lower, WhiteoutStyle style) : m_root(root), m_lower(std::move(lower)), m_style(style) {}

    // Where an entry of this name goes: relative to the root, free of links and of "..", its directories made. "." is the root itself.
    [[nodiscard]] Result<std::string> place(std::string_view name);
    // Before an entry is created at `path` (from place()): removes what stands there, except a directory that a directory follows.
    [[nodiscard]] Result<void> makeWay(const std::string& path, bool directory);
    // After a directory was created: one that follows a deletion of the same name hides all that lies below it.
    [[nodiscard]] Result<void> finishDirectory(const std::string& path);
    [[nodiscard]] Result<void> removeBelow(const std::string& path);      // ".wh.<name>"
    [[nodiscard]] Result<void> makeOpaque(const std::string& directory);  // ".wh..wh..opq"

private:
    enum class Kind { Absent, Directory, Link, Other, Whiteout };
    struct Found {
        Kind kind = Kind::Absent;
        unsigned mode = 0, owner = 0, group = 0;
        std::string target; // of a link
    };
    static Found look(int root, const std::string& path);
    Found lookBelow(const std::string& path) const;
    Result<void> makeImplied(const std::string& path, const Found& model);
    Result<void> removeContentFromBelow(const std::string& directory);
    bool placedHere(const std::string& path) const;

    int m_root;
    std::vector<int> m_lower;
    WhiteoutStyle m_style;
    std::unordered_set<std::string> m_directories; // known to be real directories of this tree
    std::unordered_set<std::string> m_whiteouts;   // Overlay: deleted names of this layer
    std::unordered_set<std::string> m_placed;      // InPlace: what this layer brought
};

} // namespace kates::runtime
