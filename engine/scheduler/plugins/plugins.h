// The plugins of the default profile, one file each, named as upstream names them.
#pragma once

#include "engine/scheduler/framework.h"

namespace kates::scheduler::plugins {

std::unique_ptr<FilterPlugin> nodeUnschedulable();
std::unique_ptr<FilterPlugin> nodeName();
std::unique_ptr<FilterPlugin> taintToleration();
std::unique_ptr<FilterPlugin> nodeAffinity();
std::unique_ptr<FilterPlugin> nodePorts();
std::unique_ptr<FilterPlugin> nodeResourcesFit();
std::unique_ptr<FilterPlugin> podTopologySpread();
std::unique_ptr<FilterPlugin> interPodAffinity();

std::unique_ptr<ScorePlugin> taintTolerationScore();
std::unique_ptr<ScorePlugin> nodeAffinityScore();
std::unique_ptr<ScorePlugin> leastAllocatedScore();
std::unique_ptr<ScorePlugin> balancedAllocationScore();
std::unique_ptr<ScorePlugin> podTopologySpreadScore();
std::unique_ptr<ScorePlugin> interPodAffinityScore();

} // namespace kates::scheduler::plugins
