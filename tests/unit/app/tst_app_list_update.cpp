#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QtTest>

#include "app/models/object_list_model.h"

using namespace kates::app;
using kates::api::Value;

namespace {

std::vector<ListEntry> entries(const QString& keys)
{
    std::vector<ListEntry> list;
    for (const QChar key : keys)
        list.push_back({ QString(key), Value(std::int64_t(key.unicode())) });
    return list;
}

QString keys(const ObjectListModel& model)
{
    QString text;
    for (int row = 0; row < model.count(); ++row)
        text += model.keyAt(row);
    return text;
}

} // namespace

class TestListUpdate : public QObject {
    Q_OBJECT
private slots:
    void stepsLeadFromOneOrderToTheNext_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        const std::pair<const char*, const char*> rows[] = { { "", "abc" }, { "abc", "" }, { "abc", "abc" }, { "abc", "axbyc" }, { "abcdef", "bdf" },
            { "abc", "cab" }, { "abcdef", "fedcba" }, { "abcd", "dxbya" } };
        for (const auto& [before, after] : rows)
            QTest::addRow("%s to %s", before, after) << QString::fromLatin1(before) << QString::fromLatin1(after);
    }
    void stepsLeadFromOneOrderToTheNext()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        DataThread thread;
        ObjectListModel model(thread, {});
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(listUpdate({}, entries(before)));
        model.apply(listUpdate(entries(before), entries(after)));
        QCOMPARE(keys(model), after);
    }

    void randomOrdersToo()
    {
        DataThread thread;
        ObjectListModel model(thread, {});
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QRandomGenerator random(7);
        std::vector<ListEntry> now;
        for (int round = 0; round < 300; ++round) {
            QString pool = QStringLiteral("abcdefghijklmnopqrstuvwxyz"), next;
            for (int take = random.bounded(26); take > 0; --take) {
                const int at = random.bounded(int(pool.size()));
                next += pool[at];
                pool.remove(at, 1);
            }
            model.apply(listUpdate(now, entries(next)));
            now = entries(next);
            QCOMPARE(keys(model), next);
        }
    }

    void tooManyStepsBecomeOneRearrangement()
    {
        std::vector<ListEntry> before, after;
        for (int i = 0; i < 500; ++i)
            before.push_back({ QString::number(i), {} });
        after.assign(before.rbegin(), before.rend());
        const ListUpdate update = listUpdate(before, after);
        QVERIFY(update.rearranged);
        QVERIFY(update.steps.empty());
        QCOMPARE(update.entries->size(), after.size());
    }

    void onlyChangedRowsAreReported()
    {
        DataThread thread;
        ObjectListModel model(thread, {});
        auto list = entries(QStringLiteral("abc"));
        model.apply(listUpdate({}, list));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        auto next = list;
        next[1].object = Value("new");
        model.apply(listUpdate(list, next));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].value<QModelIndex>().row(), 1);
        QCOMPARE(changed[0][1].value<QModelIndex>().row(), 1);
    }
};

QTEST_GUILESS_MAIN(TestListUpdate)
#include "tst_app_list_update.moc"
