#include "app/deploy/manifest.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

#include "app/base/text.h"
#include "engine/api/yaml.h"

namespace kates::app {

namespace {

using api::Value;

QString words(const char* text) { return QCoreApplication::translate("Manifest", text); }

int applyRank(const QString& kind)
{
    static const QStringList order = QStringLiteral(
        "Namespace CustomResourceDefinition PriorityClass RuntimeClass NetworkPolicy ResourceQuota LimitRange PodDisruptionBudget ServiceAccount Secret "
        "ConfigMap StorageClass PersistentVolume PersistentVolumeClaim ClusterRole ClusterRoleBinding Role RoleBinding Service DaemonSet Pod "
        "ReplicationController ReplicaSet Deployment HorizontalPodAutoscaler StatefulSet Job CronJob IngressClass Ingress APIService")
                                         .split(u' ');
    // What may refuse everything else comes last.
    if (kind.endsWith(QLatin1String("WebhookConfiguration")))
        return int(order.size()) + 1;
    const qsizetype place = order.indexOf(kind);
    return int(place < 0 ? order.size() : place);
}

QString problemOf(const Value& object)
{
    if (!object.isObject())
        return words(QT_TRANSLATE_NOOP("Manifest", "This document is not a mapping."));
    for (const char* field : { "apiVersion", "kind" }) {
        if (object.str(field).empty())
            return words(QT_TRANSLATE_NOOP("Manifest", "This document has no %1.")).arg(QLatin1String(field));
    }
    if (object.str("metadata", "name").empty())
        return object.str("metadata", "generateName").empty()
            ? words(QT_TRANSLATE_NOOP("Manifest", "This %1 has no metadata.name.")).arg(displayText(object.str("kind"), 80))
            : words(QT_TRANSLATE_NOOP("Manifest", "An object with generateName cannot be applied; give it a name."));
    return {};
}

// What the usual mistakes look like to a YAML parser.
QString fixOf(const QByteArray& wrong)
{
    if (wrong.contains('\t'))
        return words(QT_TRANSLATE_NOOP("Manifest", "YAML is indented by spaces, not by tabs."));
    if (wrong.contains("{{"))
        return words(QT_TRANSLATE_NOOP("Manifest", "This looks like a template: drop the folder with its Chart.yaml, or what the template makes."));
    if (wrong.contains(": ") && wrong.indexOf(": ") != wrong.lastIndexOf(": "))
        return words(QT_TRANSLATE_NOOP("Manifest", "A value with a colon and a space in it has to stand in quotes."));
    return {};
}

class Reader {
public:
    void read(const ManifestSource& source)
    {
        m_source = source.name;
        m_text = std::make_shared<const QByteArray>(source.text);
        m_lines.clear();
        if (source.text.size() > kManifestBytesMax)
            return fail(1, words(QT_TRANSLATE_NOOP("Manifest", "The file is larger than 8 MB.")));
        if (source.text.contains('\0'))
            return fail(1, words(QT_TRANSLATE_NOOP("Manifest", "This is not a text file.")));
        const std::size_t before = documents.size();
        if (!parse(source.text, 0, true))
            parseApart(source.text);
        if (documents.size() == before)
            fail(1, words(QT_TRANSLATE_NOOP("Manifest", "There is no document in it.")));
    }

    std::vector<ManifestDocument> documents;

private:
    void fail(int line, const QString& problem) { documents.push_back({ m_source, line, {}, problem, m_text }); }

    void add(int line, const Value& object)
    {
        if (object.get("items").isArray() && object.str("kind").ends_with("List")) {
            for (const Value& item : object.get("items"))
                add(line, item);
            return;
        }
        documents.push_back({ m_source, line, object, problemOf(object), m_text });
    }

    // False when the text is wrong and `quiet`.
    bool parse(const QByteArray& text, int linesBefore, bool quiet)
    {
        api::ParseLimits limits;
        limits.bytesMax = std::size_t(kManifestBytesMax);
        const auto parsed = api::parseYaml({ text.constData(), std::size_t(text.size()) }, limits);
        if (!parsed) {
            if (quiet)
                return false;
            QString problem = displayText(parsed.error().message, 1000);
            static const QRegularExpression place(QStringLiteral("line (\\d+)"));
            const QRegularExpressionMatch match = place.match(problem);
            const int line = linesBefore + (match.hasMatch() ? match.captured(1).toInt() : 1);
            if (match.hasMatch())
                problem.replace(match.capturedStart(), match.capturedLength(), QStringLiteral("line %1").arg(line));
            if (m_lines.isEmpty())
                m_lines = m_text->split('\n');
            const QString fix = fixOf(m_lines.value(line - 1));
            fail(line, fix.isEmpty() ? problem : problem + u'\n' + fix);
            return true;
        }
        for (const api::YamlDocument& document : *parsed)
            add(linesBefore + document.line, document.value);
        return true;
    }

    // At the lines that begin with "---", which no scalar can contain: each document on its own.
    void parseApart(const QByteArray& text)
    {
        int line = 0, begin = 0, beginLine = 0;
        for (qsizetype at = 0; at <= text.size();) {
            qsizetype end = text.indexOf('\n', at);
            end = end < 0 ? text.size() : end;
            const bool separator = end - at >= 3 && text.mid(at, 3) == "---" && (end - at == 3 || isspace(static_cast<unsigned char>(text[at + 3])));
            if ((separator && at > begin) || end == text.size()) {
                parse(text.mid(begin, (separator ? at : end) - begin), beginLine, false);
                begin = int(at);
                beginLine = line;
                if (documents.size() > std::size_t(kManifestDocumentsMax))
                    return;
            }
            ++line;
            at = end + 1;
        }
    }

    QString m_source;
    std::shared_ptr<const QByteArray> m_text;
    QByteArrayList m_lines; // when a mistake is looked at
};

} // namespace

QString ManifestDocument::kind() const { return displayText(object.str("kind"), 200); }

QString ManifestDocument::apiVersion() const { return displayText(object.str("apiVersion"), 300); }

QString ManifestDocument::ns() const { return toQString(object.str("metadata", "namespace")); }

QString ManifestDocument::name() const { return toQString(object.str("metadata", "name")); }

std::vector<ManifestDocument> readManifests(const std::vector<ManifestSource>& sources)
{
    Reader reader;
    for (const ManifestSource& source : sources) {
        reader.read(source);
        if (reader.documents.size() > std::size_t(kManifestDocumentsMax))
            break;
    }
    std::vector<ManifestDocument>& documents = reader.documents;
    const bool tooMany = documents.size() > std::size_t(kManifestDocumentsMax);
    if (tooMany)
        documents.resize(std::size_t(kManifestDocumentsMax));
    std::stable_sort(documents.begin(), documents.end(),
        [](const ManifestDocument& left, const ManifestDocument& right) { return applyRank(left.kind()) < applyRank(right.kind()); });
    if (tooMany)
        documents.push_back({ sources.front().name, 1, {},
            words(QT_TRANSLATE_NOOP("Manifest", "Only the first 10,000 documents are taken. Drop the rest afterwards, in smaller files.")), nullptr });
    return std::move(documents);
}

int lineOfField(const ManifestDocument& document, const QString& field)
{
    if (!document.text || field.isEmpty())
        return 0;
    const QByteArrayList lines = document.text->split('\n');
    qsizetype at = document.line - 1, indent = -1;
    for (QString part : field.split(u'.', Qt::SkipEmptyParts)) {
        part = part.section(u'[', 0, 0);
        bool found = false;
        for (; at < lines.size() && !found; ++at) {
            if (at > document.line && lines[at].startsWith("---"))
                return 0;
            const QByteArray key = lines[at].trimmed();
            const qsizetype depth = lines[at].indexOf(key);
            const QByteArray bare = key.startsWith("- ") ? key.mid(2).trimmed() : key;
            found = depth + (key.startsWith("- ") ? 2 : 0) > indent && (bare.startsWith(part.toUtf8() + ':') || bare.startsWith('"' + part.toUtf8() + "\":"));
            if (found)
                indent = depth + (key.startsWith("- ") ? 2 : 0);
        }
        if (!found)
            return 0;
    }
    return int(at);
}

} // namespace kates::app
