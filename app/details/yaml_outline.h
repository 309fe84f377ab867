// Which line of a YAML text says which field: block style, read by indentation, so that it also works while the text is being typed and cannot be
// parsed. What stands in flow style ({…}, […]) or in a block of text is part of the field before it. Pure; linear in the text.
#pragma once

#include <QStringList>

#include "app/details/field_path.h"

namespace kates::app {

class YamlOutline {
public:
    struct Node {
        int parent = -1;
        FieldStep step;
        int line = 0; // from 0
        int column = 0; // where its key or its dash stands
        int end = 0; // the line behind its last one
        int value = 0; // the column behind "key:" or "- "
    };

    explicit YamlOutline(const QString& text);

    const QStringList& lines() const { return m_lines; }
    // The node of the longest beginning of `path` that the text has; -1: none.
    int find(const FieldPath& path) const;
    bool has(const FieldPath& path) const; // the text has all of it
    int size() const { return int(m_nodes.size()); }
    const Node& node(int index) const { return m_nodes[std::size_t(index)]; }
    FieldPath pathOf(int index) const;
    // The node inside which a new key at `column` of `line` would stand; -1: the root.
    int parentAt(int line, int column) const;

private:
    void takeLine(int line);
    int open(int line, int column, FieldStep step, int value);
    std::size_t nextIndex(int parent) const;

    QStringList m_lines;
    std::vector<Node> m_nodes;
    std::vector<int> m_open; // the nodes around the line that is being read
    int m_blockAbove = -1; // inside a block of text: the column of its key
};

// `text` with the value of the field at `path` replaced; unchanged when it does not say that field in block style.
[[nodiscard]] QString withField(const QString& text, const FieldPath& path, const api::Value& value);

} // namespace kates::app
