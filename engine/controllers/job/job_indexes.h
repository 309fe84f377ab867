// A set of completion indexes, written as Job.status.completedIndexes is: "0-3,5".
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kates::controllers {

constexpr int kCompletionsMax = 100'000; // as the API validates for Indexed jobs

std::set<int> parseIndexes(std::string_view text); // what is not an index below kCompletionsMax is left out
std::string formatIndexes(const std::set<int>& indexes);

} // namespace kates::controllers
