// Tables of servers that print none: some aggregated API servers answer with plain objects although a Table was asked for.
#pragma once

#include "engine/api/value.h"

namespace kates::app {

// A list, or one object of a watch, as the Table with Name and Age that kubectl would print of it. What is a Table already is given back as it is.
[[nodiscard]] api::Value asTable(const api::Value& document);

} // namespace kates::app
