#include "app/details/related.h"

#include <QCoreApplication>

#include <algorithm>

#include "app/base/text.h"
#include "engine/api/meta.h"
#include "engine/api/selector.h"

namespace kates::app {

namespace {

using api::Value;
using Relation = RelatedObject::Relation;

class Finder {
public:
    Finder(const Value& object, const std::vector<KnownObjects>& known)
        : m_object(object)
        , m_meta(object)
        , m_known(known)
    {
    }

    std::vector<RelatedObject> find()
    {
        owners();
        owned(std::string(m_meta.uid()), 0);
        selection();
        routes();
        placement();
        usage();
        users();
        return std::move(m_found);
    }

private:
    void add(Relation relation, std::string_view apiVersion, std::string_view kind, std::string_view ns, std::string_view name,
        const Value* object = nullptr)
    {
        const auto same = [&](const RelatedObject& other) {
            return other.relation == relation && other.kind == toQString(kind) && other.name == toQString(name);
        };
        if (name.empty() || m_found.size() >= kRelatedMax || std::any_of(m_found.begin(), m_found.end(), same))
            return;
        RelatedObject related { relation, toQString(apiVersion), toQString(kind), toQString(ns), toQString(name), ObjectState::Neutral, {} };
        if (object) {
            Value typed = *object; // items of lists do not say their kind
            typed.set("kind", kind);
            const StateAndText status = objectStatus(typed);
            related.state = status.state;
            related.text = status.text;
        }
        m_found.push_back(std::move(related));
    }

    template <typename Visit> void each(std::string_view kind, Visit visit)
    {
        for (const KnownObjects& known : m_known) {
            if (!kind.empty() && known.kind != kind)
                continue;
            for (const auto& [key, object] : *known.objects)
                visit(known, object);
        }
    }

    void owners()
    {
        for (const Value& owner : m_meta.ownerReferences())
            add(Relation::OwnedBy, owner.str("apiVersion"), owner.str("kind"), m_meta.ns(), owner.str("name"));
    }

    void owned(const std::string& uid, int depth)
    {
        if (uid.empty() || depth > 3)
            return;
        each({}, [&](const KnownObjects& known, const Value& object) {
            for (const Value& owner : api::ObjectMeta(object).ownerReferences()) {
                if (owner.str("uid") != uid)
                    continue;
                add(Relation::Owns, known.apiVersion, known.kind, api::ObjectMeta(object).ns(), api::ObjectMeta(object).name(), &object);
                owned(std::string(api::ObjectMeta(object).uid()), depth + 1);
            }
        });
    }

    // The pods that an object of these kinds selects; nothing for other kinds.
    static api::LabelSelector podSelectorOf(const Value& object, std::string_view kind)
    {
        if (kind == "Service")
            return api::LabelSelector::fromMap(object.get("spec", "selector"));
        Result<api::LabelSelector> selector = api::LabelSelector::fromMap({});
        if (kind == "PodDisruptionBudget")
            selector = api::LabelSelector::fromValue(object.get("spec", "selector"));
        else if (kind == "NetworkPolicy")
            selector = api::LabelSelector::fromValue(object.get("spec", "podSelector"));
        return selector ? *selector : api::LabelSelector::fromMap({});
    }

    void selection()
    {
        const auto own = podSelectorOf(m_object, m_object.str("kind"));
        if (!own.selectsNothing()) {
            each("Pod", [&](const KnownObjects& known, const Value& pod) {
                const api::ObjectMeta meta(pod);
                if (meta.ns() == m_meta.ns() && own.matches(meta.labels()))
                    add(Relation::Selects, known.apiVersion, known.kind, meta.ns(), meta.name(), &pod);
            });
        }
        const Value& labels = podLabelsOf(m_object);
        if (labels.size() == 0)
            return;
        for (const char* kind : { "Service", "PodDisruptionBudget", "NetworkPolicy" }) {
            each(kind, [&](const KnownObjects& known, const Value& selecting) {
                const auto selector = podSelectorOf(selecting, kind);
                const api::ObjectMeta meta(selecting);
                if (meta.ns() == m_meta.ns() && !selector.selectsNothing() && selector.matches(labels))
                    add(Relation::SelectedBy, known.apiVersion, known.kind, meta.ns(), meta.name());
            });
        }
    }

    template <typename Visit> static void backends(const Value& ingress, Visit visit)
    {
        visit(ingress.str("spec", "defaultBackend", "service", "name"));
        for (const Value& rule : ingress.get("spec", "rules")) {
            for (const Value& path : rule.get("http", "paths"))
                visit(path.str("backend", "service", "name"));
        }
    }

    void routes()
    {
        const std::string_view kind = m_object.str("kind");
        if (kind == "Ingress")
            backends(m_object, [&](std::string_view service) { add(Relation::RoutesTo, "v1", "Service", m_meta.ns(), service); });
        if (kind != "Service")
            return;
        each("Ingress", [&](const KnownObjects& known, const Value& ingress) {
            backends(ingress, [&](std::string_view service) {
                if (service == m_meta.name() && api::ObjectMeta(ingress).ns() == m_meta.ns())
                    add(Relation::RoutedBy, known.apiVersion, known.kind, m_meta.ns(), api::ObjectMeta(ingress).name());
            });
        });
    }

    void placement()
    {
        if (m_object.str("kind") == "Pod")
            add(Relation::RunsOn, "v1", "Node", {}, m_object.str("spec", "nodeName"));
        if (m_object.str("kind") != "Node")
            return;
        each("Pod", [&](const KnownObjects& known, const Value& pod) {
            if (pod.str("spec", "nodeName") == m_meta.name())
                add(Relation::Runs, known.apiVersion, known.kind, api::ObjectMeta(pod).ns(), api::ObjectMeta(pod).name(), &pod);
        });
    }

    // What a pod's spec mounts or reads: by kind and name, in the pod's namespace.
    template <typename Visit> static void eachUsed(const Value& spec, Visit visit)
    {
        const auto source = [&](const Value& from) {
            visit("ConfigMap", from.str("configMap", "name"));
            visit("Secret", from.str("secret", "secretName"));
            visit("Secret", from.str("secret", "name")); // in a projected volume
        };
        for (const Value& volume : spec.get("volumes")) {
            source(volume);
            visit("PersistentVolumeClaim", volume.str("persistentVolumeClaim", "claimName"));
            for (const Value& projected : volume.get("projected", "sources"))
                source(projected);
        }
        for (const char* list : { "initContainers", "containers" }) {
            for (const Value& container : spec.get(list)) {
                for (const Value& from : container.get("envFrom")) {
                    visit("ConfigMap", from.str("configMapRef", "name"));
                    visit("Secret", from.str("secretRef", "name"));
                }
                for (const Value& variable : container.get("env")) {
                    visit("ConfigMap", variable.str("valueFrom", "configMapKeyRef", "name"));
                    visit("Secret", variable.str("valueFrom", "secretKeyRef", "name"));
                }
            }
        }
        for (const Value& pull : spec.get("imagePullSecrets"))
            visit("Secret", pull.str("name"));
        visit("ServiceAccount", spec.str("serviceAccountName"));
    }

    void usage()
    {
        const std::string_view kind = m_object.str("kind");
        const Value& spec = m_object.get("spec");
        const auto uses = [this](std::string_view what, std::string_view name) { add(Relation::Uses, "v1", what, m_meta.ns(), name); };
        eachUsed(kind == "Pod" ? spec : spec.get("template", "spec"), uses);
        if (kind == "PersistentVolumeClaim")
            add(Relation::Uses, "v1", "PersistentVolume", {}, spec.str("volumeName"));
        if (kind == "PersistentVolume")
            add(Relation::UsedBy, "v1", "PersistentVolumeClaim", spec.str("claimRef", "namespace"), spec.str("claimRef", "name"));
        for (const Value& tls : spec.get("tls"))
            uses("Secret", tls.str("secretName"));
        const Value& scaled = spec.get("scaleTargetRef");
        add(Relation::Scales, scaled.str("apiVersion"), scaled.str("kind"), m_meta.ns(), scaled.str("name"));
    }

    void users()
    {
        const std::string_view kind = m_object.str("kind");
        if (kind != "ConfigMap" && kind != "Secret" && kind != "ServiceAccount" && kind != "PersistentVolumeClaim")
            return;
        each("Pod", [&](const KnownObjects& known, const Value& pod) {
            const api::ObjectMeta meta(pod);
            if (meta.ns() != m_meta.ns())
                return;
            eachUsed(pod.get("spec"), [&](std::string_view what, std::string_view name) {
                if (what == kind && name == m_meta.name())
                    add(Relation::UsedBy, known.apiVersion, known.kind, meta.ns(), meta.name(), &pod);
            });
        });
    }

    const Value& m_object;
    const api::ObjectMeta m_meta;
    const std::vector<KnownObjects>& m_known;
    std::vector<RelatedObject> m_found;
};

} // namespace

const Value& podLabelsOf(const Value& object)
{
    return object.str("kind") == "Pod" ? object.get("metadata", "labels") : object.get("spec", "template", "metadata", "labels");
}

std::vector<RelatedObject> relatedTo(const Value& object, const std::vector<KnownObjects>& known)
{
    std::vector<RelatedObject> found = Finder(object, known).find();
    std::sort(found.begin(), found.end(), [](const RelatedObject& left, const RelatedObject& right) {
        return std::tie(left.relation, left.kind, left.name) < std::tie(right.relation, right.kind, right.name);
    });
    return found;
}

QString relationText(Relation relation)
{
    static const char* const texts[] = {
        QT_TRANSLATE_NOOP("Related", "Owned by"),
        QT_TRANSLATE_NOOP("Related", "Owns"),
        QT_TRANSLATE_NOOP("Related", "Selected by"),
        QT_TRANSLATE_NOOP("Related", "Selects"),
        QT_TRANSLATE_NOOP("Related", "Runs on"),
        QT_TRANSLATE_NOOP("Related", "Runs"),
        QT_TRANSLATE_NOOP("Related", "Uses"),
        QT_TRANSLATE_NOOP("Related", "Used by"),
        QT_TRANSLATE_NOOP("Related", "Scales"),
        QT_TRANSLATE_NOOP("Related", "Reached through"),
        QT_TRANSLATE_NOOP("Related", "Leads to"),
    };
    return QCoreApplication::translate("Related", texts[int(relation)]);
}

} // namespace kates::app
