// The map on the screen: pans, zooms, finds what is under the pointer. Frames are painted by a MapStudio on a pool thread; what is on the screen is
// moved and scaled at once while the next frame is under way, so a gesture never waits.
#pragma once

#include <QElapsedTimer>
#include <QPointer>
#include <QQuickItem>
#include <qqmlregistration.h>

#include "app/map/map_model.h"
#include "app/map/map_palette.h"
#include "app/map/map_studio.h"

namespace kates::app {

class MapCanvas : public QQuickItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(kates::app::MapModel* model READ model WRITE setModel NOTIFY modelChanged)
    Q_PROPERTY(kates::app::MapPalette* palette READ palette WRITE setPalette NOTIFY paletteChanged)
    Q_PROPERTY(QString selectedKey READ selectedKey WRITE setSelectedKey NOTIFY selectedKeyChanged)
    Q_PROPERTY(QString litLabel READ litLabel WRITE setLitLabel NOTIFY litChanged)
    Q_PROPERTY(QStringList litKeys READ litKeys WRITE setLitKeys NOTIFY litChanged)
    Q_PROPERTY(QString hoveredKey READ hoveredKey NOTIFY hoveredChanged)
    Q_PROPERTY(QString hoveredText READ hoveredText NOTIFY hoveredChanged)
    Q_PROPERTY(QRectF hoveredRect READ hoveredRect NOTIFY hoveredChanged)
    Q_PROPERTY(double scaleFactor READ scaleFactor NOTIFY viewChanged)
    Q_PROPERTY(QRectF visibleWorld READ visibleWorld NOTIFY viewChanged)
    Q_PROPERTY(double fitMargin MEMBER m_fitMargin NOTIFY viewChanged) // -1: room for the bars above and below
    Q_PROPERTY(double naturalScale READ naturalScale WRITE setNaturalScale NOTIFY viewChanged)
    Q_PROPERTY(bool selectedPinned MEMBER m_selectedPinned NOTIFY selectedKeyChanged)
    Q_PROPERTY(QString selectedText READ selectedText NOTIFY selectedKeyChanged) // in words, for screen readers
    // Zooming out further than everything leads to a level above; zooming in on a card to one below.
    Q_PROPERTY(bool levelUp MEMBER m_levelUp NOTIFY levelsChanged)
    Q_PROPERTY(bool levelDown MEMBER m_levelDown NOTIFY levelsChanged)
    Q_PROPERTY(bool reducedMotion MEMBER m_reducedMotion NOTIFY reducedMotionChanged)
public:
    explicit MapCanvas(QQuickItem* parent = nullptr);
    ~MapCanvas() override;

    MapModel* model() const { return m_model; }
    void setModel(MapModel* model);
    MapPalette* palette() const { return m_palette; }
    void setPalette(MapPalette* palette);
    QString selectedKey() const { return m_marks.selected; }
    void setSelectedKey(const QString& key);
    QString litLabel() const { return m_marks.label; }
    void setLitLabel(const QString& label);
    QStringList litKeys() const { return m_marks.lit.values(); }
    void setLitKeys(const QStringList& keys);
    QString hoveredKey() const { return m_marks.hovered; }
    QString hoveredText() const { return m_hoveredText; }
    QRectF hoveredRect() const { return m_hoveredRect; }
    double scaleFactor() const { return m_view.scale; }
    double naturalScale() const { return m_naturalScale; } // what is called 100 %: larger in the projector theme
    void setNaturalScale(double scale);
    QString selectedText() const;
    QRectF visibleWorld() const { return m_view.visibleWorld(); }

    Q_INVOKABLE QRectF toItem(const QRectF& world) const { return m_view.toItem(world); }
    Q_INVOKABLE QPointF toWorld(const QPointF& item) const { return m_view.toWorld(item); }
    Q_INVOKABLE void zoomBy(double factor, const QPointF& at);
    Q_INVOKABLE void panBy(double dx, double dy);
    Q_INVOKABLE void centerOn(const QPointF& world);
    Q_INVOKABLE void fit();
    Q_INVOKABLE void actualSize();
    Q_INVOKABLE void hover(const QPointF& at); // and leaveHover() when the pointer goes
    Q_INVOKABLE void leaveHover();
    Q_INVOKABLE void activateAt(const QPointF& at);
    // What a double click does: a pod fills the window with its containers, a cluster opens, a folded card unfolds.
    Q_INVOKABLE void openAt(const QPointF& at);
    Q_INVOKABLE void zoomTo(const QString& key);
    Q_INVOKABLE void reveal(const QString& key); // moved by as little as brings it into sight
    // By keys: chooses the nearest card or cell that way; then does what a click on it does.
    Q_INVOKABLE void walk(int dx, int dy);
    Q_INVOKABLE void activateSelected();
    // A card is dragged by its head and pinned where it is dropped; false: there is none to drag here.
    Q_INVOKABLE bool grabAt(const QPointF& at);
    Q_INVOKABLE void dragBy(double dx, double dy);
    Q_INVOKABLE void drop();
    Q_INVOKABLE void nudge(double dx, double dy); // the chosen card, in world units
    Q_INVOKABLE void exportTo(const QUrl& file, const QColor& background); // SVG or PNG by suffix, on a pool thread; ends in exported()

    // Nothing is being painted and nothing is due: what screenshots wait for.
    Q_INVOKABLE bool settled() const { return !m_painting && !m_due && m_painted; }

signals:
    void modelChanged();
    void paletteChanged();
    void selectedKeyChanged();
    void litChanged();
    void hoveredChanged();
    void viewChanged();
    void reducedMotionChanged();
    void levelsChanged();
    void leftOutwards();
    void exported(const QString& problem); // "": the file is there
    void enteredCard(const QString& name);
    void cellActivated(const QString& kind, const QString& key);
    // "" for the empty ground; the kind is "" for what is not one object.
    void cardActivated(const QString& key, const QString& apiVersion, const QString& kind, const QString& ns, const QString& name);

protected:
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData*) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void componentComplete() override;

private:
    void onScene();
    void setView(const MapViewport& view, bool byUser);
    MapViewport fittedView() const; // there is a scene
    void requestFrame();
    void paintNow();
    void onFrame(MapFrame frame);
    QString describe(const MapScene::Hit& hit) const;
    QRectF rectOf(const QString& key) const; // in the world; null when it is not there

    QPointer<MapModel> m_model;
    QPointer<MapPalette> m_palette;
    std::shared_ptr<MapStudio> m_studio = std::make_shared<MapStudio>();
    MapViewport m_view;
    double m_naturalScale = 1;
    double m_fitMargin = -1;
    MapMarks m_marks;
    QString m_hoveredText;
    QRectF m_hoveredRect;
    MapFrame m_frame;
    bool m_frameIsNew = false;
    bool m_painting = false; // a job is on the pool
    bool m_due = false; // another is wanted
    bool m_painted = false;
    bool m_touched = false; // the user chose the view; fit() is not done on their behalf any more
    bool m_reducedMotion = false;
    bool m_selectedPinned = false;
    bool m_levelUp = false, m_levelDown = false;
    QString m_grabbed; // the card that is being dragged
    QElapsedTimer m_clock;
};

} // namespace kates::app
