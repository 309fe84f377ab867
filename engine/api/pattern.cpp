#include "engine/api/pattern.h"

#include <memory>
#include <mutex>
#include <unordered_map>

#include <re2/re2.h>

namespace kates::api {

namespace {

constexpr std::size_t kPatternsKeptMax = 1024;
constexpr std::int64_t kPatternMemoryMax = 1 << 20;

std::shared_ptr<const RE2> compiled(const std::string& pattern)
{
    static std::mutex mutex;
    static std::unordered_map<std::string, std::shared_ptr<const RE2>> cache;
    const std::scoped_lock lock(mutex);
    auto& entry = cache[pattern];
    if (!entry) {
        RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(kPatternMemoryMax);
        entry = std::make_shared<const RE2>(pattern, options);
    }
    const auto result = entry;
    if (cache.size() > kPatternsKeptMax)
        cache.clear();
    return result;
}

} // namespace

bool matchesPattern(const std::string& pattern, std::string_view text)
{
    const auto expression = compiled(pattern);
    return expression->ok() && RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *expression);
}

} // namespace kates::api
