#include "engine/cluster/engine/steps.h"

#include <algorithm>

#include "engine/base/time.h"

namespace kates::cluster {

Steps::Step& Steps::find(const std::string& name)
{
    auto found = std::find_if(m_steps.begin(), m_steps.end(), [&](const Step& step) { return step.name == name; });
    if (found != m_steps.end())
        return *found;
    Step step;
    step.name = name;
    return m_steps.emplace_back(std::move(step));
}

void Steps::announce(const std::string& name)
{
    find(name);
}

void Steps::begin(const std::string& name)
{
    Step& step = find(name);
    if (step.state == "Running" || step.state == "Done")
        return;
    step.state = "Running";
    step.message.clear();
    step.fix.clear();
    step.finishedAt.clear();
    step.startedAt = formatMicroTime(m_loop.wallTime());
    step.began = m_loop.now();
}

void Steps::finish(Step& step, const char* state)
{
    step.state = state;
    step.finishedAt = formatMicroTime(m_loop.wallTime());
    step.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(m_loop.now() - step.began).count();
}

void Steps::done(const std::string& name, const std::string& message)
{
    Step& step = find(name);
    if (step.state == "Done")
        return;
    begin(name);
    step.message = message;
    finish(step, "Done");
}

void Steps::fail(const std::string& name, const std::string& message, const std::string& fix)
{
    begin(name);
    Step& step = find(name);
    step.message = message;
    step.fix = fix;
    finish(step, "Failed");
}

bool Steps::isDone(const std::string& name) const
{
    return std::any_of(m_steps.begin(), m_steps.end(), [&](const Step& step) { return step.name == name && step.state == "Done"; });
}

api::Value Steps::toValue() const
{
    api::Value list = api::Value::array();
    for (const Step& step : m_steps) {
        api::Value value = api::Value::object({{"name", step.name}, {"state", step.state}});
        const auto add = [&](const char* key, const std::string& text) {
            if (!text.empty())
                value.set(key, text);
        };
        add("startedAt", step.startedAt);
        add("finishedAt", step.finishedAt);
        if (!step.finishedAt.empty())
            value.set("milliseconds", step.milliseconds);
        add("message", step.message);
        add("fix", step.fix);
        list.push(std::move(value));
    }
    return list;
}

} // namespace kates::cluster
