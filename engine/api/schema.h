// Descriptions: the one source for everything that depends on what a kind looks like. Built-in kinds are described by
// resources/schemas/ (compiled into the binary, read by schema_parser.h); a CustomResourceDefinition builds the same structures.
//
// Immutable once published in a Scheme, so any thread may read them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/result.h"

namespace kates::api {

class TypeDescription;

struct Field {
    enum class Kind : std::uint8_t {
        String, Bool, Int32, Int64, Double, Bytes, // Bytes: base64 in JSON
        Time, MicroTime, Duration, Quantity, IntOrString,
        Struct,   // `type` describes it
        Anything, // RawExtension, FieldsV1, JSON: kept as it is
    };
    enum class Shape : std::uint8_t { Single, List, Map };
    enum class ListType : std::uint8_t { Atomic, Set, Map };

    std::string name;
    Kind kind = Kind::String; // of the value, of a list's items, of a map's values
    Shape shape = Shape::Single;
    const TypeDescription* type = nullptr; // for Struct
    std::string typeName; // Go's name, for OpenAPI and errors
    bool required = false;     // absent or empty ("", null) is an error
    bool alwaysPresent = false; // absent becomes the kind's zero value: what Go writes without omitempty. OpenAPI lists both as required.
    // Go holds a pointer: a zero is a value, a struct may be absent. Otherwise a zero counts as absent and an absent struct is an empty one.
    bool pointer = false;
    bool atomicStruct = false; // structType=atomic / mapType=atomic: server-side apply owns it whole
    int protobufTag = 0;
    // In protobuf the field stands inside embedded messages that JSON does not show (Go's inlined structs): their tags, outermost first.
    std::vector<int> protobufPath;
    ListType listType = ListType::Atomic;
    std::vector<std::string> listMapKeys;
    bool duplicatesAllowed = false; // upstream accepts items of the same key (env, container ports)
    bool patchMerge = false;      // strategic merge patch: merge list items by patchMergeKey
    bool patchRetainKeys = false;
    bool patchReplace = false;    // a struct or map that a strategic merge patch replaces whole
    std::string patchMergeKey;
    Value defaultValue; // null: none
    // The default holds only when this sibling (its own default included) has one of these values; empty: always.
    std::string defaultWhenField;
    std::vector<std::string> defaultWhenValues;
    std::vector<std::string> enumValues; // empty: any
    std::optional<double> minimum, maximum;
    std::string pattern;
    std::string description;
    bool preserveUnknown = false; // x-kubernetes-preserve-unknown-fields
};

class TypeDescription {
    auto at(const std::vector<std::uint16_t>& positions) const
    {
        return positions | std::views::transform([this](std::uint16_t position) -> const Field& { return fields[position]; });
    }

public:
    std::string name;         // PodSpec
    std::string groupVersion; // v1, apps/v1
    std::vector<Field> fields;
    std::string description;
    bool preserveUnknown = false;
    bool atomic = false; // structType=atomic: server-side apply owns it whole wherever it stands

    // The rest works once buildIndex() was called, after which `fields` must not change any more.
    void buildIndex();
    const Field* field(std::string_view name) const; // constant time; nullptr when unknown
    auto requiredFields() const { return at(m_required); }
    auto fieldsToFill() const { return at(m_toFill); } // those with a default, always present, or structs without a pointer

private:
    std::vector<std::uint16_t> m_slots; // open addressing by name: position + 1, 0 is free
    std::vector<std::uint16_t> m_required, m_toFill;
};

struct PrinterColumn {
    std::string name;     // "Ready"
    std::string type;     // string, integer, date …
    std::string format;   // "name" for the first column
    std::string jsonPath; // ".status.phase"; "#.webhooks": how many; "@podReady": computed by table_cells.h
    std::string fallback; // the cell when the path finds nothing; empty: a null cell
    int priority = 0;     // 0 always, 1 with -o wide
    std::string description;
};

struct Subresource {
    std::string name;               // status, scale, binding, eviction, log, exec …
    std::string group, version, kind; // of what it takes and gives
    std::vector<std::string> verbs; // get, update, patch, create
};

// A kind that is another view of objects stored as `apiVersion` `kind`: events.k8s.io/v1 Event is kept as v1 Event. See conversion.h.
struct StoredAs {
    std::string group, version, kind;
    std::vector<std::pair<std::string, std::string>> renames; // top-level members: name here, name in the stored kind
};

struct KindDescription {
    std::string group; // "" for core
    std::string version;
    std::string kind;
    std::string listKind;
    std::string plural;
    std::string singular;
    std::vector<std::string> shortNames;
    std::vector<std::string> categories;
    std::vector<std::string> verbs; // create delete deletecollection get list patch update watch
    bool namespaced = true;
    bool hasStatus = false; // a status subresource: main writes keep status, status writes keep the rest
    bool bumpsGeneration = true; // metadata.generation moves with spec
    // A kind whose type has no apiVersion/kind storage of its own (SubjectAccessReview, Binding): create gives an answer, nothing is stored.
    bool virtualKind = false;
    std::optional<StoredAs> storedAs; // none: stored as it is, under its own group and plural
    const TypeDescription* type = nullptr;
    std::shared_ptr<const void> typeOwner; // keeps `type` alive for kinds whose types the Scheme does not hold (custom resources); may be null
    std::vector<Subresource> subresources;
    std::vector<PrinterColumn> columns;
    std::vector<std::string> selectableFields; // beside metadata.name and metadata.namespace

    std::string apiVersion() const { return group.empty() ? version : group + "/" + version; }
    std::string groupKind() const { return group.empty() ? kind : kind + "." + group; }
    const Subresource* subresource(std::string_view name) const;
    bool allows(std::string_view verb) const;
};

// The kinds that one server serves. Kinds can be added and removed while it runs (custom resources); a description stays alive as long as
// somebody holds it. Copies share the descriptions. Not synchronised: change it on the thread that reads it.
class Scheme {
public:
    using KindPointer = std::shared_ptr<const KindDescription>;
    using TypePointer = std::shared_ptr<const TypeDescription>;

    // Every built-in Kubernetes kind. The descriptions are read once per process; each call gives a Scheme of its own that shares them.
    static std::shared_ptr<Scheme> kubernetes();
    // The engine's own group, engine.kates.dev, and the few core kinds that it needs.
    static std::shared_ptr<Scheme> engine();

    KindPointer findResource(std::string_view group, std::string_view version, std::string_view plural) const;
    KindPointer findKind(std::string_view apiVersion, std::string_view kind) const;
    // A described type by Go name: metav1.DeleteOptions is type("meta/v1", "DeleteOptions"). Null when there is none.
    const TypeDescription* type(std::string_view groupVersion, std::string_view name) const;
    const std::vector<KindPointer>& kinds() const { return m_kinds; }
    // Every described type, by "groupVersion.Name".
    const std::map<std::string, TypePointer, std::less<>>& types() const { return m_types; }
    // Groups in discovery order, each with its versions, the preferred one first.
    std::vector<std::pair<std::string, std::vector<std::string>>> groups() const;

    // Replaces a kind of the same group, version and plural.
    void addKind(KindPointer kind);
    void removeKind(std::string_view group, std::string_view plural); // all its versions
    // Replaces a type of the same name.
    const TypeDescription* addType(TypePointer type);
    std::uint64_t generation() const { return m_generation; } // moves with every change: for cached discovery

private:
    std::vector<KindPointer> m_kinds;
    std::map<std::string, TypePointer, std::less<>> m_types; // "v1.PodSpec"
    std::map<std::string, KindPointer, std::less<>> m_byResource, m_byKind;
    std::uint64_t m_generation = 1;
};

} // namespace kates::api
