#include <QGuiApplication>
#include <QTemporaryDir>
#include <QtTest>

#include "app/map/map_studio.h"
#include "app/map/placement_layout.h"
#include "tests/unit/app/support/scenario.h"

using namespace kates::app;
using namespace kates::app::test;

namespace {

MapColors colors()
{
    MapColors colors;
    colors.card = Qt::white;
    colors.cardBorder = colors.link = Qt::gray;
    colors.cardAlternate = colors.track = Qt::lightGray;
    colors.text = colors.textDim = Qt::black;
    colors.accent = Qt::blue;
    for (QColor& state : colors.states)
        state = Qt::darkGreen;
    colors.states[ObjectState::Failing] = Qt::red;
    colors.fontFamily = QStringLiteral("DejaVu Sans");
    return colors;
}

MapScenePtr sceneOf(PlacementLayout& layout) { return std::make_shared<const MapScene>(layout.scene()); }

PodOptions pod(const char* name, const char* node)
{
    PodOptions options;
    options.name = QLatin1String(name);
    options.node = QLatin1String(node);
    return options;
}

} // namespace

class TestMap : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        layout = PlacementLayout();
        layout.setNode(QStringLiteral("n1"), makeNode(QStringLiteral("n1")));
        layout.setPod(QStringLiteral("default/a"), makePod(pod("a", "n1")));
    }

    void zoomKeepsThePointUnderThePointer()
    {
        MapViewport view { QSizeF(800, 600), 1, QPointF(10, 20) };
        const QPointF at(300, 200);
        const QPointF world = view.toWorld(at);
        const MapViewport zoomed = view.zoomed(1.7, at);
        QVERIFY(QLineF(zoomed.toItem(world), at).length() < 0.001);
        QCOMPARE(view.zoomed(1e9, at).scale, MapViewport::kScaleMax);
        QCOMPARE(view.zoomed(1e-9, at).scale, MapViewport::kScaleMin);
    }

    void fitShowsEverythingButNeverEnlarges()
    {
        const MapViewport view { QSizeF(800, 600), 1, {} };
        QCOMPARE(view.fitted(QRectF(0, 0, 100, 100), 10, 10, 1).scale, 1.0);
        const QRectF world(-50, 0, 5000, 400);
        const MapViewport fitted = view.fitted(world, 10, 20, 1);
        QVERIFY(QRectF(0, 0, 800, 600).contains(fitted.toItem(world)));
    }

    void showingMovesAsLittleAsItCan()
    {
        const MapViewport view { QSizeF(800, 600), 1, {} };
        QCOMPARE(view.showing(QRectF(100, 100, 50, 50), 10), view);
        QCOMPARE(view.showing(QRectF(900, 100, 50, 50), 10).offset, QPointF(-160, 0));
    }

    void podsThatMoveFlyAndEndWhereTheyBelong()
    {
        MapMotion motion;
        motion.setScene(sceneOf(layout), 0);
        QVERIFY(!motion.active(0));
        layout.setNode(QStringLiteral("n2"), makeNode(QStringLiteral("n2")));
        layout.setPod(QStringLiteral("default/a"), makePod(pod("a", "n2")));
        const MapScenePtr next = sceneOf(layout);
        const QRectF from = layout.scene().cells[0].rect;
        motion.setScene(next, 1000);
        QVERIFY(motion.active(1000 + kMotionMs / 2));
        const QRectF half = motion.pose(next->cells[0], 1000 + kMotionMs / 2).rect;
        QVERIFY(half != next->cells[0].rect || half != from);
        QCOMPARE(motion.pose(next->cells[0], 1000 + kMotionMs).rect, next->cells[0].rect);
        QVERIFY(!motion.active(1000 + kMotionMs));
    }

    void podsThatGoFadeAway()
    {
        MapMotion motion;
        motion.setScene(sceneOf(layout), 0);
        layout.removePod(QStringLiteral("default/a"));
        motion.setScene(sceneOf(layout), 100);
        QCOMPARE(motion.leaving(100).size(), 1u);
        QVERIFY(motion.leavingOpacity(100 + kMotionMs / 2) < 1);
        QVERIFY(motion.leaving(100 + kMotionMs).empty());
    }

    void aFailingPodIsPaintedInItsColour()
    {
        PodOptions failing = pod("a", "n1");
        failing.state = QStringLiteral("CrashLoopBackOff");
        layout.setPod(QStringLiteral("default/a"), makePod(failing));
        const MapScenePtr scene = sceneOf(layout);
        MapStudio studio;
        MapFrameJob job { scene, MapViewport { QSizeF(400, 300), 1, {} }, 1, colors(), {}, 0, false };
        const QImage image = studio.paint(job).image;
        const QPointF corner = scene->cells[0].rect.topLeft() + QPointF(4, 11);
        QCOMPARE(image.pixelColor(corner.toPoint()), QColor(Qt::red));
        // Zoomed out to specks it still is.
        job.view = MapViewport { QSizeF(400, 300), 0.15, {} };
        const QPointF speck = scene->shownRect(scene->cells[0], scene->cells[0].rect, 0.15).center() * 0.15;
        QCOMPARE(studio.paint(job).image.pixelColor(int(speck.x()), int(speck.y())), QColor(Qt::red));
    }

    void exportsAreWholeDocuments()
    {
        QTemporaryDir folder;
        QString problem;
        const QString svg = folder.filePath(QStringLiteral("map.svg")), png = folder.filePath(QStringLiteral("map.png"));
        QVERIFY2(exportMapSvg(*sceneOf(layout), colors(), Qt::white, svg, problem), qPrintable(problem));
        QVERIFY2(exportMapPng(*sceneOf(layout), colors(), Qt::white, png, problem), qPrintable(problem));
        QVERIFY(QImage(png).width() > 200);
        QFile file(svg);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().trimmed().endsWith("</svg>"));
        QVERIFY(!exportMapPng(*sceneOf(layout), colors(), Qt::white, QStringLiteral("/nonexistent/x.png"), problem));
        QVERIFY(!problem.isEmpty());
    }

private:
    PlacementLayout layout;
};

QTEST_MAIN(TestMap)
#include "tst_app_map.moc"
