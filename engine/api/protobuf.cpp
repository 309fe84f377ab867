#include "engine/api/protobuf.h"

#include <algorithm>
#include <bit>

#include "engine/api/protobuf_reader.h"
#include "engine/api/codec/utf8.h"
#include "engine/base/base64.h"
#include "engine/base/time.h"

namespace kates::api {

namespace {

constexpr std::string_view kMagic("k8s\0", 4);

// The parts of a message that is a Go type of its own kind (Time, Quantity, IntOrString, RawExtension).
struct SmallMessage {
    std::uint64_t integers[4] = {};
    std::string_view bytes[4] = {};
    static SmallMessage read(std::string_view message)
    {
        SmallMessage parts;
        WireReader reader(message);
        while (auto field = reader.next()) {
            if (field->number >= 4)
                continue;
            parts.integers[field->number] = field->scalar;
            parts.bytes[field->number] = field->bytes;
        }
        return parts;
    }
};

class Decoder {
public:
    explicit Decoder(const ParseLimits& limits) : m_limits(limits) {}

    // `prefix`: the tags of the embedded messages that we are in (Go's inlined structs); their fields stand in `object` too.
    bool message(const TypeDescription& type, std::string_view bytes, std::vector<int>& prefix, Value& object, int depth)
    {
        if (depth > m_limits.depthMax)
            return fail("it is nested deeper than " + std::to_string(m_limits.depthMax));
        WireReader reader(bytes);
        while (auto wire = reader.next()) {
            if (++m_nodes > m_limits.nodesMax)
                return fail("it has more than " + std::to_string(m_limits.nodesMax) + " fields");
            auto field = find(type, prefix, wire->number);
            if (field && !take(*field, *wire, object, depth))
                return false;
            if (!field && isEmbedded(type, prefix, wire->number)) {
                prefix.push_back(wire->number);
                if (!message(type, wire->bytes, prefix, object, depth + 1))
                    return false;
                prefix.pop_back();
            }
        }
        return !reader.failed() || fail("a field is cut off");
    }
    const std::string& error() const { return m_error; }

private:
    bool fail(std::string why)
    {
        m_error = std::move(why);
        return false;
    }

    static const Field* find(const TypeDescription& type, const std::vector<int>& prefix, int number)
    {
        // From the back: TypeMeta stands first and is not in the message; the type's own fields have its tags.
        auto matches = [&](const Field& field) { return field.protobufTag == number && field.protobufPath == prefix; };
        auto found = std::find_if(type.fields.rbegin(), type.fields.rend(), matches);
        return found == type.fields.rend() ? nullptr : &*found;
    }
    static bool isEmbedded(const TypeDescription& type, const std::vector<int>& prefix, int number)
    {
        for (const auto& field : type.fields) {
            const auto& path = field.protobufPath;
            if (path.size() > prefix.size() && std::equal(prefix.begin(), prefix.end(), path.begin()) && path[prefix.size()] == number)
                return true;
        }
        return false;
    }

    bool take(const Field& field, const WireField& wire, Value& object, int depth)
    {
        if (field.shape == Field::Shape::Map)
            return mapEntry(field, wire.bytes, object, depth);
        bool scalar = field.kind == Field::Kind::Bool || field.kind == Field::Kind::Int32 || field.kind == Field::Kind::Int64;
        if (field.shape == Field::Shape::List && scalar && wire.wireType == 2)
            return packed(field, wire.bytes, object);
        Value value;
        if (!single(field, wire, value, depth))
            return false;
        if (field.shape == Field::Shape::List)
            object.edit(field.name).push(std::move(value));
        else if (!value.isNull() && (field.pointer || field.alwaysPresent || keepsEmpty(field.kind) || !value.isEmpty()))
            object.set(field.name, std::move(value));
        return true;
    }

    static bool keepsEmpty(Field::Kind kind) { return kind == Field::Kind::Struct || kind == Field::Kind::Anything; }

    bool packed(const Field& field, std::string_view bytes, Value& object)
    {
        WireReader reader(bytes);
        while (!reader.atEnd()) {
            auto number = reader.varint();
            if (!number)
                return fail("a list is cut off");
            object.edit(field.name).push(scalarOf(field, *number));
        }
        return true;
    }

    bool mapEntry(const Field& field, std::string_view bytes, Value& object, int depth)
    {
        std::string_view key;
        WireField value{2, 2, 0, {}};
        WireReader reader(bytes);
        while (auto wire = reader.next()) {
            if (wire->number == 1)
                key = wire->bytes;
            if (wire->number == 2)
                value = *wire;
        }
        if (reader.failed() || !isUtf8(key))
            return fail("a map of " + field.name + " is malformed");
        Value decoded;
        // The only maps of anything are lists of strings (UserInfo's extra).
        if (field.kind == Field::Kind::Anything)
            decoded = strings(value.bytes);
        else if (!single(field, value, decoded, depth))
            return false;
        object.edit(field.name).set(key, std::move(decoded));
        return true;
    }

    static Value strings(std::string_view bytes)
    {
        auto list = Value::array();
        WireReader reader(bytes);
        while (auto wire = reader.next())
            list.push(wire->bytes);
        return list;
    }

    static Value scalarOf(const Field& field, std::uint64_t number)
    {
        if (field.kind == Field::Kind::Bool)
            return number != 0;
        if (field.kind == Field::Kind::Int32)
            return static_cast<std::int64_t>(static_cast<std::int32_t>(number));
        return static_cast<std::int64_t>(number);
    }

    bool text(std::string_view bytes, Value& value)
    {
        if (!isUtf8(bytes))
            return fail("a string is not UTF-8");
        value = bytes;
        return true;
    }

    bool single(const Field& field, const WireField& wire, Value& value, int depth)
    {
        switch (field.kind) {
        case Field::Kind::Bool:
        case Field::Kind::Int32:
        case Field::Kind::Int64:
            value = scalarOf(field, wire.scalar);
            return true;
        case Field::Kind::Double:
            value = std::bit_cast<double>(wire.scalar);
            return true;
        case Field::Kind::String:
            return text(wire.bytes, value);
        case Field::Kind::Bytes:
            value = encodeBase64(wire.bytes);
            return true;
        case Field::Kind::Struct: {
            value = Value::object();
            std::vector<int> prefix;
            return message(*field.type, wire.bytes, prefix, value, depth + 1);
        }
        default:
            return small(field.kind, SmallMessage::read(wire.bytes), value);
        }
    }

    bool small(Field::Kind kind, const SmallMessage& parts, Value& value)
    {
        switch (kind) {
        case Field::Kind::Time:
        case Field::Kind::MicroTime:
            value = timeOf(kind, parts);
            return true;
        case Field::Kind::Duration:
            // No kind that is served has one.
            return fail("durations are not read");
        case Field::Kind::Quantity:
            return text(parts.bytes[1], value);
        case Field::Kind::IntOrString:
            if (parts.integers[1] == 1)
                return text(parts.bytes[3], value);
            value = static_cast<std::int64_t>(static_cast<std::int32_t>(parts.integers[2]));
            return true;
        default:
            return embeddedJson(parts.bytes[1], value);
        }
    }

    // The zero time is Go's "not set".
    static Value timeOf(Field::Kind kind, const SmallMessage& parts)
    {
        auto seconds = static_cast<std::int64_t>(parts.integers[1]);
        auto nanos = static_cast<std::int32_t>(parts.integers[2]);
        if (seconds == 0 && nanos == 0)
            return {};
        WallTime time(std::chrono::duration_cast<WallTime::duration>(std::chrono::seconds(seconds) + std::chrono::nanoseconds(nanos)));
        return kind == Field::Kind::Time ? formatTime(time) : formatMicroTime(time);
    }

    bool embeddedJson(std::string_view json, Value& value)
    {
        if (json.empty())
            return true;
        auto parsed = parseJson(json, m_limits);
        if (!parsed)
            return fail("an embedded document is not JSON: " + parsed.error().message);
        value = std::move(*parsed);
        return true;
    }

    const ParseLimits& m_limits;
    std::size_t m_nodes = 0;
    std::string m_error;
};

} // namespace

Result<Value> parseProtobuf(std::string_view bytes, const TypeOfKind& typeOf, const ParseLimits& limits)
{
    if (bytes.size() > limits.bytesMax)
        return failure("the body is larger than " + std::to_string(limits.bytesMax) + " bytes");
    if (!bytes.starts_with(kMagic))
        return failure("the body does not begin as Kubernetes' protobuf does");
    auto envelope = SmallMessage::read(bytes.substr(kMagic.size()));
    auto typeMeta = SmallMessage::read(envelope.bytes[1]);
    auto apiVersion = typeMeta.bytes[1], kind = typeMeta.bytes[2];
    auto type = typeOf(apiVersion, kind);
    if (!type)
        return failure("no kind \"" + std::string(kind) + "\" is registered for version \"" + std::string(apiVersion) + "\"");
    auto object = Value::object({{"apiVersion", apiVersion}, {"kind", kind}});
    Decoder decoder(limits);
    std::vector<int> prefix;
    if (!decoder.message(*type, envelope.bytes[2], prefix, object, 0))
        return failure("the " + std::string(kind) + " cannot be read: " + decoder.error());
    return object;
}

} // namespace kates::api
