#include "app/details/yaml_edit.h"

#include "app/base/text.h"
#include "app/deploy/deploy_session.h"
#include "app/deploy/object_diff.h"
#include "engine/api/json.h"
#include "engine/api/yaml.h"

namespace kates::app {

using api::Value;

YamlEdit::YamlEdit(DataThread& thread, ApiClient& client, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
{
}

void YamlEdit::setTarget(const ResourceRef& resource, const QString& kind, const QString& ns, const QString& name)
{
    clear();
    m_resource = resource;
    m_kind = kind;
    m_ns = ns;
    m_name = name;
}

void YamlEdit::clear()
{
    ++m_round;
    m_live = m_base = m_edited = {};
    m_liveText.clear();
    m_problem.clear();
    m_difference.clear();
    m_editing = m_busy = m_reviewed = m_outdated = false;
    emit liveTextChanged();
    emit changed();
}

void YamlEdit::setLive(const Value& object)
{
    m_live = object;
    if (m_live.str("apiVersion").empty())
        m_live.set("apiVersion", toStd(m_resource.apiVersion()));
    if (m_editing && !m_outdated && object.str("metadata", "resourceVersion") != m_base.str("metadata", "resourceVersion")) {
        m_outdated = true;
        emit changed();
    }
    refreshText();
}

void YamlEdit::setManagedShown(bool shown)
{
    if (m_managedShown == shown)
        return;
    m_managedShown = shown;
    refreshText();
}

void YamlEdit::refreshText()
{
    Value shown = m_live;
    if (!m_managedShown && shown.get("metadata").isObject())
        shown.edit("metadata").erase("managedFields");
    m_thread.compute(
        this, [shown] { return yamlLines(shown).join(u'\n'); },
        [this, round = m_round](const QString& text) {
            if (round != m_round || text == m_liveText)
                return;
            m_liveText = text;
            emit liveTextChanged();
        });
}

void YamlEdit::begin()
{
    m_base = m_live;
    m_editing = true;
    m_outdated = m_reviewed = false;
    m_problem.clear();
    m_difference.clear();
    emit changed();
}

void YamlEdit::cancel()
{
    m_editing = m_reviewed = m_outdated = m_busy = false;
    m_problem.clear();
    m_difference.clear();
    emit changed();
}

void YamlEdit::fail(const QString& problem)
{
    m_busy = false;
    m_reviewed = false;
    m_problem = problem;
    emit changed();
}

ApiRequest YamlEdit::putRequest(bool dryRun) const
{
    ApiRequest request;
    request.method = "PUT";
    request.path = m_resource.objectPath(m_ns, m_name);
    request.contentType = "application/json";
    request.body = QByteArray::fromStdString(api::toJson(m_edited));
    request.query.addQueryItem(QStringLiteral("fieldManager"), QLatin1String(kFieldManager));
    request.query.addQueryItem(QStringLiteral("fieldValidation"), QStringLiteral("Strict"));
    if (dryRun)
        request.query.addQueryItem(QStringLiteral("dryRun"), QStringLiteral("All"));
    return request;
}

void YamlEdit::review(const QString& text)
{
    if (m_busy)
        return;
    m_busy = true;
    m_problem.clear();
    m_difference.clear();
    emit changed();
    m_thread.compute(
        this, [text] { return api::parseYaml(toStd(text)); },
        [this, round = m_round](const Result<std::vector<api::YamlDocument>>& documents) {
            if (round != m_round)
                return;
            if (!documents)
                return fail(displayText(documents.error().message));
            if (documents->size() != 1 || !documents->front().value.isObject())
                return fail(tr("The text must be one object."));
            m_edited = documents->front().value;
            // The revision that editing began with travels along, so that a change made meanwhile is a conflict and not lost.
            m_edited.edit("metadata").set("resourceVersion", m_base.get("metadata", "resourceVersion"));
            m_client.send(putRequest(true), this, [this, round](const ApiReply& reply) {
                if (round == m_round)
                    onDryRun(reply);
            });
        });
}

void YamlEdit::onDryRun(const ApiReply& reply)
{
    if (!reply && reply.error().isConflict())
        return fail(
            tr("Somebody changed this object while you were editing. Your text is kept; copy what you need, then begin again with the new version."));
    if (!reply)
        return fail(errorSentence(reply.error()));
    m_thread.compute(
        this, [live = m_base, next = reply->document] { return diffObjects(live, next); },
        [this, round = m_round](const TextDiff& diff) {
            if (round != m_round)
                return;
            m_busy = false;
            m_reviewed = diff.added + diff.removed > 0;
            m_problem = m_reviewed ? QString() : tr("Nothing would change.");
            m_difference = diffLines(diff);
            emit changed();
        });
}

void YamlEdit::save()
{
    if (!m_reviewed || m_busy)
        return;
    m_busy = true;
    emit changed();
    m_client.send(putRequest(false), this, [this, round = m_round](const ApiReply& reply) {
        if (round != m_round)
            return;
        if (!reply)
            return fail(errorSentence(reply.error()));
        cancel();
        emit saved();
    });
}

} // namespace kates::app
