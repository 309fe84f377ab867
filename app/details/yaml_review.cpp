// YamlEdit's second half: from a text to what the server makes of it, and saving.
#include "app/base/text.h"
#include "app/deploy/deploy_session.h"
#include "app/deploy/object_diff.h"
#include "app/details/text_merge.h"
#include "app/details/yaml_check.h"
#include "app/details/yaml_edit.h"
#include "app/details/yaml_outline.h"
#include "engine/api/json.h"
#include "engine/api/yaml.h"

namespace kates::app {

using api::Value;

void YamlEdit::failWith(const QString& problem)
{
    m_busy = false;
    m_reviewed = false;
    m_problem = problem;
    emit changed();
}

void YamlEdit::fail(const api::StatusError& error)
{
    if (!error.isConflict()) {
        m_problems = serverProblems(m_draft.text, m_edited, error);
        emit problemsChanged();
        return failWith(errorSentence(error));
    }
    // When only the status changed, the review goes on by itself: at once when that is known already, else with the news of it.
    const bool known = m_draft.base.str("metadata", "resourceVersion") != m_edited.str("metadata", "resourceVersion");
    if (known && !m_outdated) {
        m_busy = false;
        return review();
    }
    m_reviewSoon = !m_outdated;
    failWith(tr("Somebody changed this object since you began, so the server does not take your text as it is. Nothing is lost: look at their "
                "change, or merge it into your text, then review again."));
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

ApiRequest YamlEdit::applyRequest() const
{
    Value intent = withoutServerFields(m_edited);
    ApiRequest request = patchRequest(m_resource.objectPath(m_ns, m_name), kApplyPatch, intent);
    request.query.addQueryItem(QStringLiteral("fieldManager"), QLatin1String(kFieldManager));
    request.query.addQueryItem(QStringLiteral("dryRun"), QStringLiteral("All"));
    return request;
}

void YamlEdit::review()
{
    if (m_busy || !m_editing)
        return;
    const bool keepMine = m_keepMine;
    forgetReview();
    m_keepMine = keepMine;
    m_busy = true;
    endCompletion();
    emit changed();
    m_thread.compute(
        this, [text = m_draft.text] { return api::parseYaml(toStd(text)); },
        [this, round = m_round](const Result<std::vector<api::YamlDocument>>& documents) {
            if (round != m_round)
                return;
            if (!documents)
                return failWith(displayText(documents.error().message));
            if (documents->size() != 1 || !documents->front().value.isObject())
                return failWith(tr("The text must be one object."));
            onParsed(documents->front().value);
        });
}

void YamlEdit::onParsed(const Value& edited)
{
    if (edited.str("metadata", "name") != toStd(m_name) || edited.str("metadata", "namespace") != toStd(m_ns) || edited.str("kind") != toStd(m_kind))
        return failWith(tr("Kind, name and namespace cannot be changed here. To make another object, deploy the text."));
    m_edited = edited;
    Value& metadata = m_edited.edit("metadata");
    metadata.erase("managedFields");
    // The revision that editing began with travels along, so that a change made meanwhile is a conflict and not lost.
    metadata.set("resourceVersion", m_draft.base.get("metadata", "resourceVersion"));
    m_client.send(putRequest(true), this, [this, round = m_round](const ApiReply& reply) {
        if (round == m_round)
            onDryRun(reply);
    });
}

void YamlEdit::onDryRun(const ApiReply& reply)
{
    if (!reply)
        return fail(reply.error());
    askForHolders(reply->document);
}

// Replacing an object never fails for another manager's fields. Whether there are any is what a server-side apply of the same text would say.
void YamlEdit::askForHolders(const Value& next)
{
    m_client.send(applyRequest(), this, [this, next, round = m_round](const ApiReply& reply) {
        if (round != m_round)
            return;
        if (!reply)
            m_conflicts = conflictsOf(reply.error(), kFieldManager, m_shown, m_edited);
        showDifference(m_draft.base, next, false);
    });
}

void YamlEdit::showDifference(const Value& from, const Value& to, bool theirs)
{
    m_thread.compute(
        this, [from, to] { return diffObjects(from, to); },
        [this, theirs, round = m_round](const TextDiff& diff) {
            if (round != m_round || !m_editing)
                return;
            const bool some = diff.added + diff.removed > 0;
            m_busy = false;
            m_differenceIsTheirs = theirs;
            m_reviewed = some && !theirs;
            m_problem = some ? QString() : tr("Nothing would change.");
            m_difference = some ? diffLines(diff) : QVariantList();
            emit changed();
        });
}

void YamlEdit::backToText()
{
    forgetReview();
    emit changed();
}

void YamlEdit::save()
{
    if (!maySave())
        return;
    m_busy = true;
    emit changed();
    m_client.send(putRequest(false), this, [this, round = m_round](const ApiReply& reply) {
        if (round != m_round)
            return;
        if (!reply)
            return fail(reply.error());
        m_draft.text = m_draft.baseText; // it is the server's now
        cancel();
        emit saved();
    });
}

QVariantList YamlEdit::conflicts() const
{
    QVariantList list;
    for (const FieldConflict& conflict : m_conflicts)
        list.append(describedConflict(conflict, m_shown, m_edited));
    return list;
}

void YamlEdit::keepMine()
{
    m_keepMine = true;
    emit changed();
}

void YamlEdit::takeTheirs()
{
    QString text = m_draft.text;
    QStringList left;
    for (const FieldConflict& conflict : m_conflicts) {
        const Value& theirs = valueAt(m_shown, conflict.path);
        const QString next = withField(text, conflict.path, theirs);
        if (next == text)
            left.append(conflict.field);
        text = next;
    }
    forgetReview();
    setText(text);
    m_note = left.isEmpty() ? QString() : tr("These fields have to be put back by hand: %1.").arg(left.join(QStringLiteral(", ")));
    emit changed();
    if (left.isEmpty() && dirty())
        review();
}

void YamlEdit::merge()
{
    m_thread.compute(
        this,
        [base = m_draft.baseText, mine = m_draft.text, theirs = m_liveText] {
            return mergeTexts(base.split(u'\n'), mine.split(u'\n'), theirs.split(u'\n'));
        },
        [this, round = m_round, mine = m_draft.text, object = m_shown, theirs = m_liveText](const TextMerge& merged) {
            if (round != m_round || !m_editing || mine != m_draft.text)
                return;
            forgetReview();
            m_draft.base = object;
            m_draft.baseText = theirs;
            setText(merged.lines.join(u'\n'));
            m_outdated = false;
            m_note = tr("Their changes are in your text now.");
            if (merged.kept > 0)
                m_note += u' ' + tr("In %n place(s) that you changed too, yours stays.", nullptr, merged.kept);
            emit changed();
            emit textChanged();
        });
}

void YamlEdit::showTheirs()
{
    forgetReview();
    m_busy = true;
    emit changed();
    showDifference(m_draft.base, m_shown, true);
}

} // namespace kates::app
