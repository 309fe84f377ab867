#include "app/map/slot_grid.h"

#include <QSet>

#include <algorithm>
#include <cstdlib>

namespace kates::app {

namespace {

constexpr int kKinDistance = 4; // rows above and below that are looked through for a place near kin

} // namespace

bool SlotGrid::isFree(const GridBlock& block) const
{
    for (int row = block.row; row < std::min(block.row + block.height, int(m_taken.size())); ++row) {
        for (int column = block.column; column < block.column + block.width; ++column) {
            if (m_taken[std::size_t(row)][std::size_t(column)])
                return false;
        }
    }
    return true;
}

void SlotGrid::mark(const GridBlock& block, bool taken)
{
    const int columns = m_columns * m_grain;
    if (int(m_taken.size()) < block.row + block.height)
        m_taken.resize(std::size_t(block.row + block.height), std::vector<bool>(std::size_t(columns), false));
    for (int row = block.row; row < block.row + block.height; ++row)
        std::fill_n(m_taken[std::size_t(row)].begin() + block.column, block.width, taken);
    m_rows = int(m_taken.size());
    const auto empty = [](const std::vector<bool>& row) { return std::none_of(row.begin(), row.end(), [](bool cell) { return cell; }); };
    while (m_rows > 0 && empty(m_taken[std::size_t(m_rows - 1)]))
        --m_rows;
    m_taken.resize(std::size_t(m_rows));
    if (!taken)
        m_full = std::min(m_full, block.row);
}

bool SlotGrid::firstFree(GridBlock& block) const
{
    for (block.row = m_full; fits(block); ++block.row) {
        for (block.column = 0; block.column + block.width <= m_columns * m_grain; ++block.column) {
            if (isFree(block))
                return true;
        }
    }
    return false;
}

bool SlotGrid::nearestTo(const GridBlock& kin, GridBlock& block) const
{
    int best = -1;
    GridBlock tried = block;
    for (tried.row = std::max(m_full, kin.row - kKinDistance); tried.row <= kin.row + kKinDistance && fits(tried); ++tried.row) {
        for (tried.column = 0; tried.column + tried.width <= m_columns * m_grain; ++tried.column) {
            const int distance = std::abs(tried.row - kin.row) * 2 + std::abs(tried.column - kin.column);
            if ((best >= 0 && distance >= best) || !isFree(tried))
                continue;
            best = distance;
            block = tried;
        }
    }
    return best >= 0;
}

bool SlotGrid::place(const QString& key, int width, int height, const QString& kin)
{
    GridBlock block { 0, 0, std::clamp(width, 1, m_columns * m_grain), height };
    if (m_limit > 0)
        block.height = std::clamp(height, 1, m_limit * m_grain);
    if (const auto known = m_blocks.constFind(key); known != m_blocks.cend()) {
        if (known->width == block.width && known->height == block.height)
            return true;
        remove(key);
    }
    const auto near = m_blocks.constFind(kin);
    const bool placed = (near != m_blocks.cend() && nearestTo(*near, block)) || firstFree(block);
    if (!placed)
        return false;
    mark(block, true);
    if (near == m_blocks.cend() && block.width == 1 && block.height == 1)
        m_full = block.row; // the first place for one cell: all before is taken
    m_blocks.insert(key, block);
    return true;
}

void SlotGrid::refine()
{
    m_grain *= 2;
    m_taken.clear();
    m_full = m_rows = 0;
    for (GridBlock& block : m_blocks) {
        block.column *= 2;
        block.row *= 2;
        mark(block, true);
    }
    m_full = 0;
}

void SlotGrid::settle(const QString& key, int width, int height, const QString& kin)
{
    while (!place(key, width, height, kin))
        refine();
}

QRectF SlotGrid::rectOf(const QString& key, double cell, double pitch) const
{
    const GridBlock block = at(key);
    const double gap = pitch - cell;
    return { block.column * pitch / m_grain, block.row * pitch / m_grain, (block.width * pitch - gap) / m_grain,
        (block.height * pitch - gap) / m_grain };
}

void SlotGrid::remove(const QString& key)
{
    const auto known = m_blocks.find(key);
    if (known == m_blocks.end())
        return;
    mark(*known, false);
    m_blocks.erase(known);
}

void SlotGrid::keepOnly(const std::vector<QString>& keys)
{
    const QSet<QString> kept(keys.begin(), keys.end());
    const QList<QString> all = m_blocks.keys();
    for (const QString& key : all) {
        if (!kept.contains(key))
            remove(key);
    }
}

} // namespace kates::app
