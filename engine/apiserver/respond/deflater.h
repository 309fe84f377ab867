// gzip, a piece at a time.
#pragma once

#include <memory>
#include <vector>

#include "engine/base/bytes.h"

namespace kates::apiserver {

class Deflater {
public:
    Deflater();
    ~Deflater();
    // `last` ends the stream.
    Bytes compress(const std::vector<Bytes>& pieces, bool last);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kates::apiserver
