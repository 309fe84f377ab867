// Where the cards of nodes stand: one strip per failure domain (zone), each a grid that grows downwards, the last strip to the right as well. A node
// keeps its place as long as it is there; a new one takes the first free place in its zone.
#pragma once

#include <QString>

#include <map>
#include <vector>

namespace kates::app {

class NodePlaces {
public:
    struct Place {
        int strip = 0, column = 0, row = 0;
    };
    struct Strip {
        QString zone;
        int columns = 1;
        std::vector<QString> names; // row by row; "" is free
    };

    // Strips as wide as `shape` (height by width of a card) and the number of nodes ask for. Only before anybody has seen them.
    void setUp(const std::vector<std::pair<QString, QString>>& zonesAndNames, double shape);
    // The place it has, or a new one.
    void add(const QString& zone, const QString& name, double shape);
    void remove(const QString& name);
    bool contains(const QString& name) const { return m_places.contains(name); }
    Place at(const QString& name) const { return m_places.at(name); }
    const std::vector<Strip>& strips() const { return m_strips; }
    int firstColumn(int strip) const; // columns of the strips before it

private:
    std::size_t stripOf(const QString& zone);
    void widen(std::size_t strip);

    std::vector<Strip> m_strips;
    std::map<QString, Place> m_places;
};

} // namespace kates::app
