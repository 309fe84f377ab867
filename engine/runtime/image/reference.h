// Names of images: [registry/]path[:tag][@digest], with Docker's defaults ("nginx" is docker.io/library/nginx:latest).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/runtime/image/digest.h"

namespace kates::runtime {

struct ImageReference {
    std::string domain; // "docker.io", "localhost:5000"
    std::string path;   // "library/nginx"
    std::string tag;    // "latest"; empty with a digest and no tag
    std::optional<Digest> digest; // when set, it decides and the tag is only a remark

    [[nodiscard]] static Result<ImageReference> parse(std::string_view text);
    std::string repository() const { return domain + "/" + path; }
    // What the image is stored under: repository@digest, else repository:tag.
    std::string toString() const;
};

} // namespace kates::runtime
