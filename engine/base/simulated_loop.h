// A loop whose time moves only when nothing is left to do: a test of ten minutes of back-off takes microseconds and gives the same
// order of events every time. File descriptors are not supported: give components fakes instead.
#pragma once

#include "engine/base/loop.h"

namespace kates {

class SimulatedLoop : public Loop {
public:
    SimulatedLoop();
    ~SimulatedLoop() override;

    MonotonicTime now() const override;
    WallTime wallTime() const override;
    void post(std::function<void()> callback) override;
    Registration after(Duration delay, std::function<void()> callback) override;
    Registration watch(int fd, int events, std::function<void(int)> callback) override;
    // Runs until stop() or until nothing is queued and no timer is left.
    void run() override;
    void stop() override;

    // Runs what is queued now, without moving time.
    void settle();
    // Moves time by `duration`, running every timer that falls due on the way, in order.
    void advance(Duration duration);
    // Advances to successive timers until `condition` holds or `limit` of simulated time has passed; says whether it holds.
    bool runUntil(const std::function<bool()>& condition, Duration limit);

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace kates
