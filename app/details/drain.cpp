#include "app/details/drain.h"

#include "app/base/text.h"
#include "app/details/object_actions.h"
#include "app/objects/object_state.h"
#include "engine/api/meta.h"

namespace kates::app {

using api::Value;

namespace {

constexpr qsizetype kSaidMax = 400;

ResourceRef nodesOf(const QString& root) { return { root, {}, QStringLiteral("v1"), QStringLiteral("nodes"), false }; }
ResourceRef podsOf(const QString& root) { return { root, {}, QStringLiteral("v1"), QStringLiteral("pods"), true }; }

} // namespace

Drain::Drain(DataThread& thread, ApiClient& client, Notices& notices, QString root, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_notices(notices)
    , m_root(std::move(root))
{
    m_clock.start();
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &Drain::evictWhatMay);
}

Drain::~Drain() = default;

void Drain::plan(const QString& node)
{
    if (m_stage == Running)
        return;
    leave();
    m_node = node;
    m_stage = Reading;
    InformerOptions options;
    options.resource = podsOf(m_root);
    options.fieldSelector = QStringLiteral("spec.nodeName=") + node;
    m_live = std::make_unique<LiveResource>(m_thread, m_client, std::move(options));
    connect(m_live.get(), &LiveResource::stateChanged, this, [this] {
        m_problem = m_live->problem();
        if (m_stage == Reading && m_live->synced())
            m_stage = Planned;
        refresh();
    });
    connect(m_live->informer(), &Informer::changed, m_live->informer(), [self = QPointer(this), this, live = m_live.get()](const Deltas& deltas) {
        std::vector<std::pair<std::string, Value>> set;
        std::vector<std::string> removed;
        for (const Delta& delta : deltas) {
            if (delta.kind == Delta::Kind::Set)
                set.emplace_back(delta.key, delta.object);
            else
                removed.push_back(delta.key);
        }
        postToGui(self, [this, live, set, removed] {
            if (live == m_live.get())
                take(set, removed);
        });
    });
    m_live->start();
    emit changed();
}

void Drain::leave()
{
    if (m_stage == Running)
        return;
    m_live.reset();
    m_pods.clear();
    m_shown.clear();
    m_node.clear();
    m_problem.clear();
    m_again.stop();
    m_options = {};
    m_stage = Idle;
    m_toEvict = m_gone = m_refused = 0;
    m_wantsEmptyDir = m_wantsForce = false;
    emit changed();
}

void Drain::restart()
{
    if (m_live)
        m_live->start();
}

void Drain::setDeleteEmptyDir(bool on)
{
    m_options.deleteEmptyDir = on;
    refresh();
}

void Drain::setForce(bool on)
{
    m_options.force = on;
    refresh();
}

void Drain::take(const std::vector<std::pair<std::string, Value>>& set, const std::vector<std::string>& removed)
{
    for (const std::string& key : removed) {
        if (m_pods.erase(key) > 0 && m_stage == Running)
            ++m_gone;
    }
    for (const auto& [key, object] : set) {
        Pod& pod = m_pods[key];
        if (api::ObjectMeta(pod.object).uid() != api::ObjectMeta(object).uid())
            pod = {}; // another one of the same name
        pod.object = object;
    }
    evictWhatMay();
    refresh();
}

void Drain::start()
{
    if (m_stage != Planned && m_stage != Stopped)
        return;
    m_stage = Running;
    m_gone = m_refused = 0;
    m_cordoned = false;
    emit changed();
    Value patch = Value::object();
    patch.edit("spec").set("unschedulable", true);
    m_client.send(patchRequest(nodesOf(m_root).objectPath({}, m_node), kMergePatch, patch), this, [this](const ApiReply& reply) {
        if (m_stage != Running)
            return;
        if (!reply) {
            m_stage = Stopped;
            m_problem = errorSentence(reply.error());
            m_notices.add(Notices::Problem, tr("%1 was not drained").arg(m_node), m_problem);
            emit changed();
            return;
        }
        m_cordoned = true;
        evictWhatMay();
        refresh();
    });
}

void Drain::stop()
{
    if (m_stage != Running)
        return;
    m_again.stop();
    m_stage = Stopped;
    for (auto& [key, pod] : m_pods) {
        if (pod.step == Step::Blocked)
            pod = { pod.object };
    }
    refresh();
}

void Drain::evictWhatMay()
{
    if (m_stage != Running || !m_cordoned)
        return;
    qint64 next = -1;
    for (auto& [key, pod] : m_pods) {
        if (drainVerdict(pod.object, m_options).kind != DrainVerdict::Kind::Evict || api::ObjectMeta(pod.object).beingDeleted())
            continue;
        if (pod.step == Step::Waiting || (pod.step == Step::Blocked && pod.againAt <= m_clock.elapsed()))
            evict(key);
        else if (pod.step == Step::Blocked)
            next = next < 0 ? pod.againAt : std::min(next, pod.againAt);
    }
    if (next >= 0)
        m_again.start(int(std::max<qint64>(1, next - m_clock.elapsed())));
}

void Drain::evict(const std::string& key)
{
    Pod& pod = m_pods[key];
    pod.step = Step::Asked;
    const api::ObjectMeta meta(pod.object);
    m_client.send(evictionRequest(m_root, toQString(meta.ns()), toQString(meta.name())), this,
        [this, key, uid = std::string(meta.uid())](const ApiReply& reply) { onEvicted(key, uid, reply); });
}

void Drain::onEvicted(const std::string& key, const std::string& uid, const ApiReply& reply)
{
    const auto known = m_pods.find(key);
    if (known == m_pods.end() || api::ObjectMeta(known->second.object).uid() != uid)
        return; // gone by now
    Pod& pod = known->second;
    if (reply || reply.error().isNotFound()) {
        pod.step = Step::Leaving;
    } else if (reply.error().code == 429) {
        pod.step = Step::Blocked;
        pod.said = errorSentence(reply.error());
        pod.againAt = m_clock.elapsed() + (reply.error().retryAfterSeconds > 0 ? reply.error().retryAfterSeconds * 1000 : kEvictAgainMs);
    } else {
        pod.step = Step::Refused;
        pod.said = errorSentence(reply.error());
        ++m_refused;
    }
    evictWhatMay();
    refresh();
}

QVariantMap Drain::shown(const std::string& key, const Pod& pod) const
{
    const DrainVerdict verdict = drainVerdict(pod.object, m_options);
    State state = ObjectState::Neutral;
    QString text = verdict.why;
    if (verdict.kind == DrainVerdict::Kind::NeedsConsent) {
        state = ObjectState::Waiting;
    } else if (verdict.kind == DrainVerdict::Kind::Evict) {
        const bool leaving = pod.step == Step::Leaving || api::ObjectMeta(pod.object).beingDeleted();
        state = leaving ? ObjectState::Terminating : pod.step == Step::Blocked ? ObjectState::Waiting
            : pod.step == Step::Refused                                        ? ObjectState::Failing
                                                                               : ObjectState::Progressing;
        text = leaving ? tr("Leaving") : !pod.said.isEmpty() ? pod.said : m_stage == Running ? tr("Asked to leave") : tr("Will be evicted");
    }
    return { { QStringLiteral("key"), displayText(key, kSaidMax) }, { QStringLiteral("state"), state }, { QStringLiteral("text"), text } };
}

void Drain::refresh()
{
    m_shown.clear();
    m_toEvict = 0;
    m_wantsEmptyDir = m_wantsForce = false;
    for (const auto& [key, pod] : m_pods) {
        const DrainVerdict verdict = drainVerdict(pod.object, m_options);
        m_toEvict += verdict.kind == DrainVerdict::Kind::Evict ? 1 : 0;
        m_wantsEmptyDir = m_wantsEmptyDir || verdict.needsEmptyDir;
        m_wantsForce = m_wantsForce || verdict.needsForce;
        m_shown.append(shown(key, pod));
    }
    finishIfDone();
    emit changed();
}

void Drain::finishIfDone()
{
    const bool left = std::any_of(m_pods.begin(), m_pods.end(), [this](const auto& entry) {
        return drainVerdict(entry.second.object, m_options).kind == DrainVerdict::Kind::Evict && entry.second.step != Step::Refused;
    });
    if (m_stage != Running || !m_cordoned || left)
        return;
    m_stage = Finished;
    m_again.stop();
    if (m_refused > 0)
        m_notices.add(Notices::Problem, tr("%1 was drained in part").arg(m_node), tr("%n pod(s) could not be evicted.", nullptr, m_refused));
    else
        m_notices.add(Notices::Success, tr("%1 is drained").arg(m_node), tr("%n pod(s) left it.", nullptr, m_gone));
}

} // namespace kates::app
