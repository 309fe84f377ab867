// Where the frames of the namespaces stand in the Apps lens, and who has which bay in them. Columns of frames grow downwards; a frame that is full
// grows when there is room below it, otherwise it goes on in another one. What has a place keeps it until it leaves.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>

#include <map>
#include <vector>

namespace kates::app {

class AppsPlan {
public:
    enum class Lane { Ingress, Service, Workload };
    struct Needs {
        int ingresses = 0, services = 0, workloads = 0;
    };
    struct Frame {
        QString ns;
        QRectF rect;
        bool first = true; // of its namespace
    };

    // Begins anew with room for these, by namespace.
    void setUp(const std::map<QString, Needs>& needs);
    // The corner of a thing's place in world coordinates; `near` is the key of its kin in the workload lane.
    QPointF place(const QString& ns, Lane lane, const QString& key, const QString& near = {});
    bool contains(const QString& key) const { return m_places.contains(key); }
    void remove(const QString& key);
    // Those that hold something.
    std::vector<Frame> frames() const;
    // The frame (index into frames()) that a key's place is in.
    int frameOf(const QString& key) const { return m_frameNumber.at(std::size_t(m_places.at(key).chunk)); }

private:
    struct Chunk {
        QString ns;
        bool wide = false; // has lanes for ingresses and services
        int column = 0, top = 0, bays = 0; // top in units
        std::vector<QString> taken[3]; // by lane; "" is free
        int used = 0;
    };
    struct Place {
        int chunk = 0;
        Lane lane = Lane::Workload;
        int slot = 0;
    };
    struct Column {
        bool wide = false;
        double left = 0;
        int end = 0; // the first free unit
    };

    int addChunk(const QString& ns, bool wide, int bays);
    int columnFor(bool wide);
    int addColumn(bool wide);
    bool grow(Chunk& chunk);
    static int freeSlot(const Chunk& chunk, Lane lane, int wanted);
    QPointF corner(const Place& place) const;

    std::vector<Column> m_columns;
    std::vector<Chunk> m_chunks;
    std::map<QString, Place> m_places;
    mutable std::vector<int> m_frameNumber; // by chunk; -1: empty
};

} // namespace kates::app
