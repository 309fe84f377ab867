#include "app/details/access.h"

#include "app/base/text.h"

namespace kates::app {

using api::Value;

Access::Access(ApiClient& client, QString root, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_root(std::move(root))
{
}

void Access::ask(const std::vector<AccessQuestion>& questions)
{
    const int round = ++m_round;
    m_allowed.clear();
    m_reasons.clear();
    emit changed();
    const ResourceRef reviews { m_root, QStringLiteral("authorization.k8s.io"), QStringLiteral("v1"), QStringLiteral("selfsubjectaccessreviews"),
        false };
    for (const AccessQuestion& question : questions) {
        Value review = Value::object({ { "apiVersion", "authorization.k8s.io/v1" }, { "kind", "SelfSubjectAccessReview" } });
        Value& attributes = review.edit("spec", "resourceAttributes");
        attributes.set("verb", toStd(question.verb));
        attributes.set("group", toStd(question.resource.group));
        attributes.set("resource", toStd(question.resource.resource));
        attributes.set("subresource", toStd(question.subresource));
        attributes.set("namespace", toStd(question.ns));
        attributes.set("name", toStd(question.name));
        m_client.send(postRequest(reviews.path(), review), this, [this, round, action = question.action](const ApiReply& reply) {
            if (round != m_round || !reply)
                return;
            m_allowed.insert(action, reply->document.get("status", "allowed").asBool());
            m_reasons.insert(action, displayText(reply->document.str("status", "reason"), 300));
            emit changed();
        });
    }
}

} // namespace kates::app
