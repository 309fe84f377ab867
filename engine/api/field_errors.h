// Naming a field and saying what is wrong with it, in the form and wording of apimachinery's field errors.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/status.h"

namespace kates::api {

// "spec.containers[0].name", kept as a chain on the stack and written out only when something is wrong. A path refers to its parent, so keep every
// step in a variable; the compiler refuses a step from a temporary.
class FieldPath {
public:
    FieldPath() = default; // the object itself
    explicit FieldPath(std::string_view name) : m_name(name) {}

    FieldPath child(std::string_view name) const& { return {this, name, Step::Name, 0}; } // may be dotted: "template.spec"
    FieldPath item(std::size_t index) const& { return {this, {}, Step::Item, index}; }
    FieldPath key(std::string_view key) const& { return {this, key, Step::Key, 0}; } // of a map
    FieldPath child(std::string_view) const&& = delete;
    FieldPath item(std::size_t) const&& = delete;
    FieldPath key(std::string_view) const&& = delete;

    std::string toString() const;

private:
    enum class Step : std::uint8_t { Name, Item, Key };
    FieldPath(const FieldPath* parent, std::string_view name, Step step, std::size_t index)
        : m_parent(parent), m_name(name), m_index(index), m_step(step)
    {
    }
    void append(std::string& out) const;

    const FieldPath* m_parent = nullptr;
    std::string_view m_name;
    std::size_t m_index = 0;
    Step m_step = Step::Name;
};

inline constexpr std::size_t kFieldErrorsMax = 100;   // of one object; more are left out, so that a hostile one is refused quickly
inline constexpr std::size_t kValueShownMax = 1024;   // bytes of a value in a sentence; the rest is cut off

// Collects the problems of one object. `detail` is a sentence, or empty where the form allows it.
class FieldErrors {
public:
    explicit FieldErrors(std::vector<StatusCause>& causes) : m_causes(causes) {}

    void required(const FieldPath& path, std::string_view detail = {});
    void invalid(const FieldPath& path, const Value& value, std::string_view detail);
    void notSupported(const FieldPath& path, const Value& value, std::span<const std::string_view> supported);
    void notSupported(const FieldPath& path, const Value& value, std::span<const std::string> supported);
    void duplicate(const FieldPath& path, const Value& value);
    void notFound(const FieldPath& path, const Value& value);
    void forbidden(const FieldPath& path, std::string_view detail);
    void tooLong(const FieldPath& path, std::size_t bytesMax);
    void tooMany(const FieldPath& path, std::size_t count, std::size_t countMax);
    bool empty() const { return m_causes.empty(); }
    std::vector<StatusCause>& causes() { return m_causes; }

private:
    void add(const FieldPath& path, std::string_view reason, std::string message);

    std::vector<StatusCause>& m_causes;
};

} // namespace kates::api
