#include "app/details/yaml_edit.h"

#include "app/base/text.h"
#include "app/deploy/object_diff.h"
#include "app/details/yaml_check.h"
#include "app/details/yaml_completion.h"
#include "engine/api/yaml.h"

namespace kates::app {

using api::Value;

YamlEdit::YamlEdit(DataThread& thread, ApiClient& client, QString root, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_schemas(thread, client, std::move(root))
{
    m_checkSoon.setSingleShot(true);
    m_checkSoon.setInterval(kCheckPauseMs);
    connect(&m_checkSoon, &QTimer::timeout, this, &YamlEdit::check);
}

void YamlEdit::setTarget(const ResourceRef& resource, const QString& kind, const QString& ns, const QString& name)
{
    clear();
    m_resource = resource;
    m_kind = kind;
    m_ns = ns;
    m_name = name;
    m_schemas.find(resource.apiVersion(), kind, this, [this, round = m_round](const ObjectSchema& schema) {
        if (round != m_round)
            return;
        m_schema = schema;
        if (m_editing)
            check();
        emit problemsChanged();
    });
    if (!m_drafts.contains(draftKey()))
        return;
    m_draft = m_drafts.take(draftKey());
    m_editing = true;
    m_note = tr("This is your text from before; it was not saved.");
    emit textChanged();
    emit changed();
}

void YamlEdit::clear()
{
    if (dirty() && m_drafts.size() < kDraftsMax)
        m_drafts.insert(draftKey(), m_draft);
    ++m_round;
    m_live = m_shown = m_edited = {};
    m_liveText.clear();
    m_draft = {};
    m_discarded.reset();
    m_schema = {};
    m_note.clear();
    m_problems.clear();
    m_editing = m_busy = m_outdated = m_beginSoon = false;
    m_exact = true;
    m_checkSoon.stop();
    forgetReview();
    endCompletion();
    emit liveTextChanged();
    emit textChanged();
    emit problemsChanged();
    emit changed();
}

void YamlEdit::forgetReview()
{
    m_problem.clear();
    m_difference.clear();
    m_conflicts.clear();
    m_reviewed = m_keepMine = m_differenceIsTheirs = m_reviewSoon = false;
}

void YamlEdit::setLive(const Value& object)
{
    m_live = object;
    if (m_live.str("apiVersion").empty())
        m_live.set("apiVersion", toStd(m_resource.apiVersion()));
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
    struct Shown {
        QString text;
        bool exact = true;
        bool specChanged = false;
    };
    Value shown = m_live;
    if (!m_managedShown && shown.get("metadata").isObject())
        shown.edit("metadata").erase("managedFields");
    m_thread.compute(
        this,
        [shown, base = m_editing ? m_draft.base : Value()] {
            Shown result;
            result.text = yamlLines(shown).join(u'\n');
            // Text that cannot be shown as it is (too long, or with characters that change the direction of writing) must not be saved.
            const auto back = api::parseYaml(toStd(result.text));
            result.exact = back && back->size() == 1 && back->front().value == shown;
            result.specChanged = !base.isNull() && !(withoutServerFields(base) == withoutServerFields(shown));
            return result;
        },
        [this, object = m_live, round = m_round, textRound = ++m_textRound](const Shown& result) {
            if (round == m_round && textRound == m_textRound)
                takeText(object, result.text, result.exact, result.specChanged);
        });
}

void YamlEdit::takeText(const Value& object, const QString& text, bool exact, bool specChanged)
{
    m_shown = object;
    m_exact = exact;
    if (m_editing && specChanged != m_outdated) {
        m_outdated = specChanged;
        emit changed();
    }
    // A new status is no change to what is being edited.
    if (m_editing && !specChanged)
        m_draft.base = object;
    if (text != m_liveText) {
        m_liveText = text;
        emit liveTextChanged();
        if (!m_editing)
            emit textChanged();
    }
    if (std::exchange(m_beginSoon, false))
        begin();
    else if (m_editing && !specChanged && std::exchange(m_reviewSoon, false))
        review();
}

void YamlEdit::begin()
{
    if (m_editing || m_shown.isNull())
        return;
    if (m_managedShown) {
        m_beginSoon = true; // managed fields are the server's: they are folded away first
        return setManagedShown(false);
    }
    if (!m_exact)
        return;
    m_draft = { m_shown, m_liveText, m_liveText };
    m_editing = true;
    m_outdated = false;
    m_note.clear();
    forgetReview();
    emit changed();
    emit textChanged();
    check();
}

void YamlEdit::cancel()
{
    if (!m_editing)
        return;
    m_discarded.reset();
    if (dirty())
        m_discarded = m_draft;
    m_editing = m_outdated = m_busy = false;
    ++m_round;
    m_note.clear();
    m_problems.clear();
    forgetReview();
    endCompletion();
    emit problemsChanged();
    emit changed();
    emit textChanged();
}

void YamlEdit::restore()
{
    if (!canRestore())
        return;
    m_draft = *std::exchange(m_discarded, std::nullopt);
    m_editing = true;
    emit changed();
    emit textChanged();
    check();
    refreshText(); // whether it is outdated by now
}

void YamlEdit::setText(const QString& text)
{
    if (!m_editing || text == m_draft.text)
        return;
    m_draft.text = text;
    if (m_reviewed || !m_problem.isEmpty() || !m_conflicts.empty()) {
        forgetReview();
        emit changed();
    }
    emit textChanged();
    m_checkSoon.start();
}

void YamlEdit::check()
{
    m_checkSoon.stop();
    m_thread.compute(
        this, [text = m_draft.text, schema = m_schema] { return checkYaml(text, schema); },
        [this, round = m_round, text = m_draft.text](const QVariantList& problems) {
            if (round != m_round || !m_editing || text != m_draft.text || problems == m_problems)
                return;
            m_problems = problems;
            emit problemsChanged();
        });
}

void YamlEdit::complete(int cursor)
{
    if (!m_editing || m_schema.isNull())
        return endCompletion();
    m_thread.compute(
        this, [text = m_draft.text, cursor, schema = m_schema] { return completionsAt(text, cursor, schema); },
        [this, round = m_round, text = m_draft.text](const YamlCompletions& found) {
            if (round != m_round || text != m_draft.text)
                return;
            m_completionFrom = found.from;
            m_completions.clear();
            for (std::size_t i = 0; i < found.choices.size(); ++i) {
                const Completion& choice = found.choices[i];
                m_completions.append(QVariantMap { { QStringLiteral("text"), choice.text }, { QStringLiteral("type"), choice.type },
                    { QStringLiteral("about"), choice.about }, { QStringLiteral("required"), choice.required },
                    { QStringLiteral("insert"), found.inserts[qsizetype(i)] } });
            }
            emit completionsChanged();
        });
}

void YamlEdit::endCompletion()
{
    if (m_completions.isEmpty())
        return;
    m_completions.clear();
    emit completionsChanged();
}

} // namespace kates::app
