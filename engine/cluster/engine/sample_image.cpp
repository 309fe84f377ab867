#include "engine/cluster/engine/sample_image.h"

#include <thread>

#include "engine/runtime/image/image_loader.h"

namespace kates::cluster {

namespace {

Result<std::string> load(const Paths& paths)
{
    auto store = runtime::ImageStore::open(paths.images());
    if (!store)
        return tl::unexpected(store.error());
    if ((*store)->image(kSampleImageName))
        return std::string(kSampleImageName) + " is there";
    auto loaded = runtime::loadImages(**store, sampleImageFile());
    if (!loaded)
        return tl::unexpected(loaded.error());
    return std::string("loaded ") + kSampleImageName;
}

} // namespace

std::filesystem::path sampleImageFile()
{
    std::error_code problem;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", problem);
    return program.parent_path().parent_path() / "share/kates/images/sample.tar";
}

Task<Result<std::string>> loadSampleImage(Loop& loop, Paths paths)
{
    Future<Result<std::string>> done;
    std::thread([&loop, paths, done] {
        auto result = load(paths);
        loop.post([done, result = std::move(result)] { done.set(result); });
    }).detach();
    co_return co_await done;
}

} // namespace kates::cluster
