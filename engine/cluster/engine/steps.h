// The visible steps of a cluster's start: each with its state, its time, what happened and, when it failed, one thing to do about it.
#pragma once

#include <string>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/loop.h"

namespace kates::cluster {

class Steps {
public:
    explicit Steps(Loop& loop) : m_loop(loop) {}
    void clear() { m_steps.clear(); }
    void announce(const std::string& name);                          // Waiting
    void begin(const std::string& name);                             // Running, once
    void done(const std::string& name, const std::string& message = {});
    void fail(const std::string& name, const std::string& message, const std::string& fix);
    bool isDone(const std::string& name) const;
    api::Value toValue() const; // status.steps

private:
    struct Step {
        std::string name, state = "Waiting", startedAt, finishedAt, message, fix;
        MonotonicTime began;
        std::int64_t milliseconds = 0;
    };
    Step& find(const std::string& name);
    void finish(Step& step, const char* state);
    Loop& m_loop;
    std::vector<Step> m_steps;
};

} // namespace kates::cluster
