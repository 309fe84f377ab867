#include <QTemporaryDir>
#include <QtTest>

#include "app/deploy/manifest.h"
#include "app/deploy/object_diff.h"
#include "engine/api/yaml.h"

using namespace kates::app;

namespace {

std::vector<ManifestDocument> read(const char* text) { return readManifests({ { QStringLiteral("f.yaml"), QByteArray(text) } }); }

QString shown(const TextDiff& diff)
{
    QString text;
    for (const DiffLine& line : diff.lines)
        text += QStringLiteral(" +-~")[int(line.kind)] + (line.folded ? QString::number(line.folded) : line.text) + u'|';
    return text;
}

QStringList letters(const char* text)
{
    QStringList lines;
    for (; *text; ++text)
        lines.append(QChar::fromLatin1(*text));
    return lines;
}

} // namespace

class TestManifest : public QObject {
    Q_OBJECT
private slots:
    void namespacesComeFirstThenWorkloads()
    {
        const auto documents
            = read("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\n"
                   "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
        QCOMPARE(documents.size(), 3u);
        QCOMPARE(documents[0].kind(), QStringLiteral("Namespace"));
        QCOMPARE(documents[1].kind(), QStringLiteral("Service"));
        QCOMPARE(documents[2].kind(), QStringLiteral("Deployment"));
        QCOMPARE(documents[2].line, 1);
        QVERIFY(documents[0].line > documents[1].line);
    }
    void listsAreTakenApart()
    {
        const auto documents
            = read("{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}, {kind: ConfigMap}]}");
        QCOMPARE(documents.size(), 2u);
        QVERIFY(documents[0].problem.isEmpty());
        QCOMPARE(documents[1].problem, QStringLiteral("This document has no apiVersion."));
    }
    void jsonIsRead() { QCOMPARE(read(R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}})")[0].name(), QStringLiteral("a")); }
    void mistakesNameTheirPlace()
    {
        const auto documents = read("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a\ndata: [");
        QCOMPARE(documents.size(), 1u);
        QVERIFY2(documents[0].problem.contains(QLatin1String("line")), qPrintable(documents[0].problem));
    }
    void otherThingsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("problem");
        QTest::newRow("binary") << QByteArray("PK\3\4\0\0", 6) << QStringLiteral("This is not a text file.");
        QTest::newRow("huge") << QByteArray(kManifestBytesMax + 1, 'a') << QStringLiteral("The file is larger than 8 MB.");
        QTest::newRow("empty") << QByteArray("# nothing\n") << QStringLiteral("There is no document in it.");
        QTest::newRow("scalar") << QByteArray("hello") << QStringLiteral("This document is not a mapping.");
        QTest::newRow("nameless") << QByteArray("apiVersion: v1\nkind: Pod\n") << QStringLiteral("This Pod has no metadata.name.");
    }
    void otherThingsAreRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, problem);
        const auto documents = readManifests({ { QStringLiteral("f"), text } });
        QCOMPARE(documents.size(), 1u);
        QCOMPARE(documents[0].problem, problem);
    }
    void hostileYamlEnds()
    {
        for (const char* text : { ",aa", "&a [*a]", "a: &x [*x, *x]", "- - - - - -", "%YAML 9.9\n---\n" })
            read(text);
    }
    void foldersAreWalked()
    {
        QTemporaryDir folder;
        QDir(folder.path()).mkpath(QStringLiteral("app/sub"));
        for (const char* name : { "app/b.yaml", "app/sub/a.json", "app/readme.md" }) {
            QFile file(folder.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("x");
        }
        std::vector<ManifestDocument> problems;
        const auto sources = loadManifestFiles({ folder.filePath(QStringLiteral("app")), folder.filePath(QStringLiteral("none.yaml")) }, problems);
        QCOMPARE(sources.size(), 2u);
        QCOMPARE(sources[0].name, QStringLiteral("app/b.yaml"));
        QCOMPARE(sources[1].name, QStringLiteral("app/sub/a.json"));
        QCOMPARE(problems.size(), 1u);
    }

    void diffsAreMinimal()
    {
        QCOMPARE(shown(diffTexts(letters("abc"), letters("abc"))), QStringLiteral("~3|"));
        QCOMPARE(shown(diffTexts(letters("abc"), letters("axc"), 1)), QStringLiteral(" a|-b|+x| c|"));
        QCOMPARE(shown(diffTexts(letters("abcdefgh"), letters("abcdXefgh"), 1)), QStringLiteral("~3| d|+X| e|~3|"));
        QCOMPARE(shown(diffTexts({}, letters("ab"))), QStringLiteral("+a|+b|"));
        QCOMPARE(shown(diffTexts(letters("abcabba"), letters("cbabac"), 9)), QStringLiteral("-a|-b| c|+b| a| b|-b| a|+c|"));
    }
    void diffsLeadFromOneTextToTheOther()
    {
        QRandomGenerator random(3);
        for (int round = 0; round < 400; ++round) {
            QStringList before, after;
            for (int i = random.bounded(30); i > 0; --i)
                before.append(QString::number(random.bounded(6)));
            for (int i = random.bounded(30); i > 0; --i)
                after.append(QString::number(random.bounded(6)));
            QStringList left, right;
            for (const DiffLine& line : diffTexts(before, after, 1000).lines) {
                if (line.kind != DiffLine::Kind::Added)
                    left.append(line.text);
                if (line.kind != DiffLine::Kind::Removed)
                    right.append(line.text);
            }
            QCOMPARE(left, before);
            QCOMPARE(right, after);
        }
    }
    void whatTheServerKeepsIsNotShown()
    {
        const auto live
            = kates::api::parseYaml("{metadata: {name: a, uid: x, resourceVersion: '7', managedFields: [], creationTimestamp: t, generation: 2, "
                                    "annotations: {kubectl.kubernetes.io/last-applied-configuration: y}}, status: {x: 1}, data: {k: v}}");
        const auto next = kates::api::parseYaml("{metadata: {name: a}, data: {k: w}}");
        const TextDiff diff = diffObjects(live->front().value, next->front().value);
        QCOMPARE(diff.added, 1);
        QCOMPARE(diff.removed, 1);
    }
};

QTEST_GUILESS_MAIN(TestManifest)
#include "tst_app_manifest.moc"
