#include "app/map/slot_grid.h"

#include <QSet>

#include <algorithm>

namespace kates::app {

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
    if (int(m_taken.size()) < block.row + block.height)
        m_taken.resize(std::size_t(block.row + block.height), std::vector<bool>(std::size_t(m_columns), false));
    for (int row = block.row; row < block.row + block.height; ++row)
        std::fill_n(m_taken[std::size_t(row)].begin() + block.column, block.width, taken);
    m_rows = int(m_taken.size());
    while (m_rows > 0 && std::none_of(m_taken[std::size_t(m_rows - 1)].begin(), m_taken[std::size_t(m_rows - 1)].end(), [](bool t) { return t; }))
        --m_rows;
    m_taken.resize(std::size_t(m_rows));
}

GridBlock SlotGrid::place(const QString& key, int width, int height)
{
    width = std::clamp(width, 1, m_columns);
    if (const auto known = m_blocks.constFind(key); known != m_blocks.cend()) {
        if (known->width == width && known->height == height)
            return *known;
        remove(key);
    }
    GridBlock block { 0, 0, width, height };
    for (;; ++block.row) {
        for (block.column = 0; block.column + width <= m_columns; ++block.column) {
            if (!isFree(block))
                continue;
            mark(block, true);
            m_blocks.insert(key, block);
            return block;
        }
    }
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

void SlotGrid::setColumns(int columns)
{
    if (columns == m_columns)
        return;
    std::vector<std::pair<QString, GridBlock>> old;
    for (auto it = m_blocks.cbegin(); it != m_blocks.cend(); ++it)
        old.emplace_back(it.key(), it.value());
    std::sort(old.begin(), old.end(), [](const auto& left, const auto& right) {
        return std::pair(left.second.row, left.second.column) < std::pair(right.second.row, right.second.column);
    });
    m_columns = columns;
    m_taken.clear();
    m_blocks.clear();
    m_rows = 0;
    for (const auto& [key, block] : old)
        place(key, block.width, block.height);
}

} // namespace kates::app
