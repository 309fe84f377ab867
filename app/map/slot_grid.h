// Places blocks of cells on a grid of fixed width, first fit, and keeps them where they are until they leave.
#pragma once

#include <QHash>
#include <QString>

#include <vector>

namespace kates::app {

struct GridBlock {
    int column = 0, row = 0, width = 1, height = 1;
};

class SlotGrid {
public:
    explicit SlotGrid(int columns = 8)
        : m_columns(columns)
    {
    }

    int columns() const { return m_columns; }
    int rows() const { return m_rows; } // that hold something
    int blocks() const { return int(m_blocks.size()); }

    // The block's place; the old one when it is there already with the same size. Wider blocks than the grid are cut.
    GridBlock place(const QString& key, int width, int height);
    GridBlock at(const QString& key) const { return m_blocks.value(key); }
    void remove(const QString& key);
    void keepOnly(const std::vector<QString>& keys); // the others leave
    // Another width: everything is placed anew, in the order of the old places.
    void setColumns(int columns);

private:
    bool isFree(const GridBlock& block) const;
    void mark(const GridBlock& block, bool taken);

    int m_columns;
    int m_rows = 0;
    std::vector<std::vector<bool>> m_taken; // [row][column]
    QHash<QString, GridBlock> m_blocks;
};

} // namespace kates::app
