// Places blocks of cells on a grid of fixed width and keeps them where they are until they leave: at the first free place, or at the nearest to
// their kin. A grid of limited height that is full becomes finer: each block keeps its corner and takes a quarter of the room.
#pragma once

#include <QHash>
#include <QPoint>
#include <QRectF>
#include <QString>

#include <vector>

namespace kates::app {

struct GridBlock {
    int column = 0, row = 0, width = 1, height = 1;
};

class SlotGrid {
public:
    // Columns and, unless 0, rows at grain 1.
    explicit SlotGrid(int columns = 8, int rows = 0)
        : m_columns(columns)
        , m_limit(rows)
    {
    }

    int rows() const { return m_rows; } // that hold something
    int blocks() const { return int(m_blocks.size()); }
    int grain() const { return m_grain; } // 1, 2, 4 …: how many cells share the side of one

    // The block's place; the old one when it is there already with the same size. Wider blocks than the grid are cut. False: no room at this grain.
    bool place(const QString& key, int width, int height, const QString& kin = {});
    void refine();
    // As place(), becoming finer until there is room.
    void settle(const QString& key, int width, int height, const QString& kin = {});
    GridBlock at(const QString& key) const { return m_blocks.value(key); }
    bool contains(const QString& key) const { return m_blocks.contains(key); }
    // Where the block is drawn, from the grid's corner, for cells of `cell` side at `pitch` distance at grain 1.
    QRectF rectOf(const QString& key, double cell, double pitch) const;
    void remove(const QString& key);
    void keepOnly(const std::vector<QString>& keys); // the others leave

private:
    bool isFree(const GridBlock& block) const;
    bool fits(const GridBlock& block) const { return m_limit == 0 || block.row + block.height <= m_limit * m_grain; }
    bool nearestTo(const GridBlock& kin, GridBlock& block) const;
    bool firstFree(GridBlock& block) const;
    void mark(const GridBlock& block, bool taken);

    int m_columns;
    int m_limit;
    int m_rows = 0;
    int m_grain = 1;
    int m_full = 0; // rows before this one have no free cell
    std::vector<std::vector<bool>> m_taken; // [row][column]
    QHash<QString, GridBlock> m_blocks;
};

} // namespace kates::app
