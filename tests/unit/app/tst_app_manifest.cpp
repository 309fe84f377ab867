#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "app/deploy/manifest_files.h"
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
    void aMistakeLeavesTheOtherDocumentsUsable()
    {
        const auto documents = read("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\n\tkind: Pod\n---\n"
                                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n---\nkey: a: b\n");
        QCOMPARE(documents.size(), 4u);
        int usable = 0;
        for (const ManifestDocument& document : documents) {
            usable += document.problem.isEmpty();
            if (document.problem.contains(QLatin1String("tabs")))
                QCOMPARE(document.line, 6);
            if (document.problem.contains(QLatin1String("quotes")))
                QCOMPARE(document.line, 12);
            QVERIFY2(document.problem.isEmpty() || document.problem.contains(QLatin1String("line ")), qPrintable(document.problem));
        }
        QCOMPARE(usable, 2);
    }
    void fieldsAreFoundInTheText()
    {
        const auto documents = read("# first\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replica: 2\n  template:\n    spec:\n"
                                    "      containers:\n      - name: a\n        image: b\n");
        QCOMPARE(lineOfField(documents[0], QStringLiteral("spec.replica")), 7);
        QCOMPARE(lineOfField(documents[0], QStringLiteral("spec.template.spec.containers[0].image")), 12);
        QCOMPARE(lineOfField(documents[0], QStringLiteral("spec.template.spec.containers[0].name")), 11);
        QCOMPARE(lineOfField(documents[0], QStringLiteral("spec.nothing")), 0);
    }
    void theOrderIsHelms()
    {
        QByteArray text;
        for (const char* kind : { "ValidatingWebhookConfiguration", "Widget", "Ingress", "Deployment", "Service", "Secret", "CustomResourceDefinition", "Namespace" })
            text += QByteArray("---\napiVersion: v1\nkind: ") + kind + "\nmetadata: {name: x}\n";
        QStringList kinds;
        for (const ManifestDocument& document : read(text.constData()))
            kinds.append(document.kind());
        QCOMPARE(kinds.join(u' '),
            QStringLiteral("Namespace CustomResourceDefinition Secret Service Deployment Ingress Widget ValidatingWebhookConfiguration"));
    }
    void tenThousandDocumentsAreRead()
    {
        QByteArray text;
        for (int i = 0; i < 10'050; ++i)
            text += "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c" + QByteArray::number(i) + "}\n";
        const auto documents = read(text.constData());
        QCOMPARE(documents.size(), std::size_t(kManifestDocumentsMax) + 1);
        QVERIFY(documents.back().problem.contains(QLatin1String("10,000")));
    }
    void archivesAreUnpackedWithinBounds()
    {
        QTemporaryDir folder;
        QDir dir(folder.path());
        QVERIFY(dir.mkpath(QStringLiteral("in/app")));
        const auto write = [&](const char* name, const QByteArray& text) {
            QFile file(dir.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write("in/app/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
        write("outside.yaml", "secret");
        QFile::link(dir.filePath(QStringLiteral("outside.yaml")), dir.filePath(QStringLiteral("in/app/link.yaml")));
        const auto tar = [&](const QStringList& arguments) { return QProcess::execute(QStringLiteral("tar"), arguments) == 0; };
        QVERIFY(tar({ "-C", dir.filePath("in"), "-czf", dir.filePath("good.tar.gz"), "app" }));
        QVERIFY(tar({ "-C", dir.filePath("in"), "-cPf", dir.filePath("bad.tar"), "--transform", "s,^app/a,../../../a,", "app/a.yaml" }));
        write("in/zero", QByteArray(80 << 20, '\0'));
        QVERIFY(tar({ "-C", dir.filePath("in"), "-czf", dir.filePath("bomb.tgz"), "zero" }));
        write("broken.zip", "PK\3\4 this is none");

        ManifestScan scan = scanManifests({ dir.filePath("good.tar.gz") });
        QCOMPARE(scan.sources.size(), 1u);
        QCOMPARE(scan.sources[0].name, QStringLiteral("good.tar.gz/a.yaml"));
        QCOMPARE(scan.problems.size(), 1u);
        QVERIFY(scan.problems[0].problem.contains(QLatin1String("not a plain file")));
        scan = scanManifests({ dir.filePath("bad.tar") });
        QVERIFY(scan.sources.empty());
        QVERIFY2(scan.problems[0].problem.contains(QLatin1String("leads out")), qPrintable(scan.problems[0].problem));
        scan = scanManifests({ dir.filePath("bomb.tgz") });
        QVERIFY2(scan.problems[0].problem.contains(QLatin1String("64 MB")), qPrintable(scan.problems[0].problem));
        scan = scanManifests({ dir.filePath("broken.zip") });
        QVERIFY(!scan.problems.empty() && scan.sources.empty());
    }
    void kustomizationsAndChartsAreNeverPlainFiles()
    {
        QTemporaryDir folder;
        QDir dir(folder.path());
        for (const char* name : { "top/overlay/kustomization.yaml", "top/overlay/a.yaml", "top/plain/b.yaml", "chart/Chart.yaml", "chart/values.yaml" }) {
            dir.mkpath(QFileInfo(QLatin1String(name)).path());
            QFile file(dir.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("name: shop\nversion: 1.2.3\n");
        }
        ManifestScan scan = scanManifests({ dir.filePath("top") });
        QCOMPARE(scan.sources.size(), 1u);
        QCOMPARE(scan.sources[0].name, QStringLiteral("top/plain/b.yaml"));
        QVERIFY(scan.problems[0].problem.contains(QLatin1String("kustomization")));
        scan = scanManifests({ dir.filePath("top/overlay") });
        QVERIFY(scan.sources.empty());
        QCOMPARE(scan.builds.size(), 1u);
        QCOMPARE(int(scan.builds[0].kind), int(ManifestBuild::Kustomization));
        scan = scanManifests({ dir.filePath("chart") });
        QCOMPARE(scan.builds[0].name, QStringLiteral("shop"));
        QCOMPARE(scan.builds[0].version, QStringLiteral("1.2.3"));
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
        QFile::link(folder.filePath(QStringLiteral("app")), folder.filePath(QStringLiteral("app/loop")));
        const ManifestScan scan = scanManifests({ folder.filePath(QStringLiteral("app")), folder.filePath(QStringLiteral("none.yaml")) });
        const auto& sources = scan.sources;
        const auto& problems = scan.problems;
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
