#include "engine/base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace kates::log {

namespace {

spdlog::level::level_enum toSpdlog(Level level)
{
    switch (level) {
    case Level::Debug:
        return spdlog::level::debug;
    case Level::Info:
        return spdlog::level::info;
    case Level::Warning:
        return spdlog::level::warn;
    case Level::Error:
        break;
    }
    return spdlog::level::err;
}

spdlog::logger& logger()
{
    static auto instance = [] {
        auto made = std::make_shared<spdlog::logger>("kates", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%e %^%L%$ %v");
        made->set_level(spdlog::level::info);
        return made;
    }();
    return *instance;
}

} // namespace

void setLevel(Level level)
{
    logger().set_level(toSpdlog(level));
}

bool enabled(Level level)
{
    return logger().should_log(toSpdlog(level));
}

void write(Level level, std::string_view category, std::string_view text)
{
    logger().log(toSpdlog(level), "{}: {}", category, text);
}

} // namespace kates::log
