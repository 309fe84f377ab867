// The map on the screen: levels of zoom, keys, dragging, exports.
#include <QGuiApplication>
#include <QQuickWindow>
#include <QSettings>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QtTest>

#include "app/map/map_canvas.h"
#include "app/map/placement_layout.h"
#include "tests/unit/app/support/scenario.h"

using namespace kates::app;
using namespace kates::app::test;

class TestMapCanvas : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("kates-test"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    }

    void init()
    {
        auto lens = std::make_unique<PlacementLayout>();
        for (const char* node : { "n1", "n2", "n3", "n4" })
            lens->setNode(QLatin1String(node), makeNode(QLatin1String(node)));
        for (int i = 0; i < 4; ++i) {
            PodOptions pod;
            pod.name = QStringLiteral("p%1").arg(i);
            pod.node = QStringLiteral("n1");
            pod.restarts = 3;
            lens->setPod(QStringLiteral("default/") + pod.name, makePod(pod));
        }
        thread = std::make_unique<DataThread>();
        DataPtr<SceneSource> source = makeOn<SceneSource>(*thread, std::move(lens));
        thread->with(source.get(), [](SceneSource& scenes) { scenes.tidy(); });
        model = std::make_unique<MapModel>(*thread, std::move(source), QStringLiteral("test/canvas"));
        window = std::make_unique<QQuickWindow>();
        window->resize(900, 600);
        canvas = new MapCanvas(window->contentItem());
        canvas->setSize(QSizeF(900, 600));
        canvas->setPalette(new MapPalette(canvas));
        canvas->setModel(model.get());
        window->show();
        QTRY_VERIFY(model->known());
    }
    void cleanup()
    {
        window.reset();
        model.reset();
        thread.reset();
    }

    void keysWalkFromThingToThing()
    {
        canvas->setSelectedKey(QStringLiteral("default/p0"));
        canvas->walk(1, 0);
        QCOMPARE(canvas->selectedKey(), QStringLiteral("default/p1"));
        QVERIFY(canvas->selectedText().contains(QLatin1String("3")));
        canvas->walk(0, -1);
        QCOMPARE(canvas->selectedKey(), QStringLiteral("Node/n1"));
        canvas->walk(1, 0);
        QCOMPARE(canvas->selectedKey(), QStringLiteral("Node/n2"));
        QSignalSpy opened(canvas, &MapCanvas::cardActivated);
        canvas->activateSelected();
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][4].toString(), QStringLiteral("n2"));
    }

    void walkingShowsWhatItComesTo()
    {
        canvas->zoomTo(QStringLiteral("default/p0"));
        for (int i = 0; i < 3; ++i)
            canvas->walk(1, 0);
        const QRectF seen = canvas->visibleWorld();
        const auto& cells = model->scene()->cells;
        const auto cell = std::find_if(cells.begin(), cells.end(), [this](const MapCell& c) { return c.key == canvas->selectedKey(); });
        QVERIFY(cell != cells.end());
        QVERIFY(seen.intersects(cell->rect));
    }

    void zoomingOutFullyLeadsToTheLevelAbove()
    {
        QSignalSpy left(canvas, &MapCanvas::leftOutwards);
        canvas->setProperty("levelUp", true);
        for (int i = 0; i < 10 && left.isEmpty(); ++i)
            canvas->zoomBy(0.8, QPointF(450, 300));
        QCOMPARE(left.size(), 1);
    }

    void zoomingInOnABoxLeadsIntoIt()
    {
        QSignalSpy entered(canvas, &MapCanvas::enteredCard);
        canvas->setProperty("levelDown", true);
        const QPointF at = canvas->toItem(model->scene()->cards[0].rect).center();
        for (int i = 0; i < 20 && entered.isEmpty(); ++i)
            canvas->zoomBy(1.2, at);
        QCOMPARE(entered.size(), 1);
        QCOMPARE(entered[0][0].toString(), QStringLiteral("n1"));
    }

    void aPodThatIsOpenedFillsTheWindow()
    {
        const QRectF rect = canvas->toItem(model->scene()->cells[0].rect);
        canvas->openAt(rect.center());
        const QRectF open = canvas->toItem(model->scene()->cells[0].rect);
        QVERIFY2(open.width() > 300, qPrintable(QString::number(open.width())));
        QVERIFY(model->scene()->cells[0].containers);
        QCOMPARE(model->scene()->cells[0].containers->front().restarts, 3);
        QTRY_VERIFY(canvas->settled());
    }

    void aCardIsPinnedWhereItIsDropped()
    {
        canvas->fit();
        const QRectF before = model->scene()->cards[0].rect;
        QVERIFY(!canvas->grabAt(canvas->toItem(before).center())); // only by its head
        QVERIFY(canvas->grabAt(canvas->toItem(before).topLeft() + QPointF(20, 8)));
        canvas->dragBy(-40, 30);
        canvas->drop();
        QTRY_COMPARE(model->pinCount(), 1);
        QTRY_VERIFY(model->scene()->cards[0].pinned);
        const QPointF way = model->scene()->cards[0].rect.topLeft() - before.topLeft();
        QVERIFY(way.x() < 0 && way.y() > 0);
        canvas->setSelectedKey(QStringLiteral("Node/n1"));
        canvas->nudge(10, 0);
        QTRY_COMPARE(model->scene()->cards[0].rect.x(), before.x() + way.x() + 10);
        model->unpin(QStringLiteral("Node/n1"));
        QTRY_COMPARE(model->scene()->cards[0].rect, before);
    }

    void exportsCanBeOpened()
    {
        const auto file = [this](const char* name) { return QUrl::fromLocalFile(folder.filePath(QLatin1String(name))); };
        QSignalSpy exported(canvas, &MapCanvas::exported);
        canvas->exportTo(file("map.svg"), Qt::white);
        canvas->exportTo(file("map.png"), Qt::white);
        QTRY_COMPARE(exported.size(), 2);
        QCOMPARE(exported[0][0].toString() + exported[1][0].toString(), QString());
        QImage picture(file("map.png").toLocalFile());
        QVERIFY(picture.width() > 400 && picture.pixelColor(2, 2) == QColor(Qt::white));
        QSvgRenderer drawing(file("map.svg").toLocalFile());
        QVERIFY(drawing.isValid());
        QVERIFY(drawing.defaultSize().width() > 400);
        QFile text(file("map.svg").toLocalFile());
        QVERIFY(text.open(QIODevice::ReadOnly));
        const QByteArray svg = text.readAll();
        QVERIFY(svg.contains("<text") && svg.contains(">n1<")); // text as text
        canvas->exportTo(QUrl::fromLocalFile(QStringLiteral("/nonexistent/map.svg")), Qt::white);
        QTRY_COMPARE(exported.size(), 3);
        QVERIFY(!exported[2][0].toString().isEmpty());
    }

private:
    QTemporaryDir folder;
    std::unique_ptr<DataThread> thread;
    std::unique_ptr<MapModel> model;
    std::unique_ptr<QQuickWindow> window;
    MapCanvas* canvas = nullptr;
};

QTEST_MAIN(TestMapCanvas)
#include "tst_app_map_canvas.moc"
