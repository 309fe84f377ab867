// Label and field selectors: parsed once, matched often.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/result.h"

namespace kates::api {

inline constexpr std::size_t kSelectorTextMax = 64u << 10; // bytes of a selector's query form

class LabelSelector {
public:
    enum class Operator { In, NotIn, Exists, DoesNotExist, GreaterThan, LessThan };
    struct Requirement {
        std::string key;
        Operator op;
        std::vector<std::string> values; // sorted
    };

    // The query form: "app=web,tier!=cache,env in (a,b),!legacy". Empty selects everything.
    static Result<LabelSelector> parse(std::string_view text);
    // metav1.LabelSelector {matchLabels, matchExpressions}. A null value selects nothing, an empty one everything.
    static Result<LabelSelector> fromValue(const Value& selector);
    // A plain map, as in Service.spec.selector. Null or empty selects nothing.
    static LabelSelector fromMap(const Value& labels);

    bool matches(const Value& labels) const;
    bool selectsNothing() const { return m_nothing; }
    bool selectsEverything() const { return !m_nothing && m_requirements.empty(); }
    const std::vector<Requirement>& requirements() const { return m_requirements; }
    std::string toString() const;

private:
    std::vector<Requirement> m_requirements;
    bool m_nothing = false;
};

class FieldSelector {
public:
    // "metadata.name=x,spec.nodeName!=y".
    static Result<FieldSelector> parse(std::string_view text);
    bool matches(const Value& object) const; // an absent field equals "", "false" and "0": Go's zero values
    bool empty() const { return m_terms.empty(); }
    struct Term {
        std::vector<std::string> path;
        std::string value;
        bool negated;
    };
    const std::vector<Term>& terms() const { return m_terms; }
    // The value that `path` must have, when one term demands it.
    const std::string* required(std::string_view dottedPath) const;

private:
    std::vector<Term> m_terms;
};

} // namespace kates::api
