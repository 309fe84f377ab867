#include "engine/api/value/intern.h"

#include <array>
#include <cstdlib>
#include <new>

#include "engine/api/value/value_impl.h"

namespace kates::api {

namespace {

// Entries are only ever added, so a reader needs no lock: an acquire load shows a finished entry or none.
struct InternTable {
    static constexpr std::size_t kSlots = kInternedKeysMax * 2;
    std::array<std::atomic<StringRep*>, kSlots> slots {};
    std::atomic<std::size_t> used { 0 };
};

InternTable g_table; // zero-initialised, so it can be used from any static initialiser; never freed

std::string_view textOf(const StringRep* rep) { return { rep->text, rep->size }; }

StringRep* makeEntry(std::string_view text)
{
    void* block = std::malloc(sizeof(StringRep) + text.size());
    if (!block)
        throw std::bad_alloc();
    auto* rep = new (block) StringRep;
    rep->size = static_cast<std::uint32_t>(text.size());
    std::memcpy(rep->text, text.data(), text.size());
    return rep;
}

} // namespace

const StringRep* internKey(std::string_view text)
{
    std::size_t slot = hashKey(text) % InternTable::kSlots;
    StringRep* made = nullptr;
    for (;;) {
        StringRep* entry = g_table.slots[slot].load(std::memory_order_acquire);
        if (!entry && !made) {
            if (g_table.used.fetch_add(1, std::memory_order_relaxed) >= kInternedKeysMax) {
                g_table.used.fetch_sub(1, std::memory_order_relaxed);
                return nullptr;
            }
            made = makeEntry(text);
        }
        if (!entry && g_table.slots[slot].compare_exchange_strong(entry, made, std::memory_order_acq_rel))
            return made;
        // `entry` is now what stands here, put by us or by a thread that was faster.
        if (textOf(entry) == text) {
            if (made) {
                std::free(made);
                g_table.used.fetch_sub(1, std::memory_order_relaxed);
            }
            return entry;
        }
        slot = (slot + 1) % InternTable::kSlots;
    }
}

std::size_t internedKeys() { return g_table.used.load(std::memory_order_relaxed); }

} // namespace kates::api
