#include "app/details/access.h"

#include "app/base/text.h"

namespace kates::app {

using api::Value;

namespace {

constexpr qsizetype kReasonMax = 300;

Value reviewOf(const AccessQuestion& question)
{
    Value review = Value::object({ { "apiVersion", "authorization.k8s.io/v1" }, { "kind", "SelfSubjectAccessReview" } });
    Value& attributes = review.edit("spec", "resourceAttributes");
    const auto set = [&](const char* field, const QString& value) {
        if (!value.isEmpty())
            attributes.set(field, toStd(value));
    };
    set("verb", question.verb);
    set("group", question.resource.group);
    set("resource", question.resource.resource);
    set("subresource", question.subresource);
    set("namespace", question.ns);
    set("name", question.name);
    return review;
}

} // namespace

Access::Access(ApiClient& client, QString root, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_root(std::move(root))
{
}

void Access::ask(const std::vector<AccessQuestion>& questions)
{
    const int round = ++m_round;
    m_refusals.clear();
    emit changed();
    const ResourceRef reviews { m_root, QStringLiteral("authorization.k8s.io"), QStringLiteral("v1"), QStringLiteral("selfsubjectaccessreviews"),
        false };
    for (const AccessQuestion& question : questions) {
        m_client.send(postRequest(reviews.path(), reviewOf(question)), this, [this, round, question](const ApiReply& reply) {
            if (round == m_round && reply && !reply->document.get("status", "allowed").asBool())
                refuse(question, displayText(reply->document.str("status", "reason"), kReasonMax));
        });
    }
}

void Access::refuse(const AccessQuestion& question, const QString& reason)
{
    const QString resource = question.subresource.isEmpty() ? question.resource.resource : question.resource.resource + u'/' + question.subresource;
    QString sentence = question.ns.isEmpty() ? tr("You may not %1 %2 on this cluster.").arg(question.verb, resource)
                                             : tr("You may not %1 %2 in the namespace %3.").arg(question.verb, resource, question.ns);
    if (!reason.isEmpty())
        sentence += u' ' + tr("The server says: %1").arg(reason);
    m_refusals.insert(question.action, sentence);
    emit changed();
}

} // namespace kates::app
