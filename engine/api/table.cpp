#include "engine/api/table.h"

#include "engine/api/conversion.h"
#include "engine/api/json.h"
#include "engine/api/table_cells.h"
#include "engine/api/value_path.h"

namespace kates::api {

namespace {

// Columns of kinds whose description has none, as upstream's default converter.
std::span<const PrinterColumn> columnsOf(const KindDescription& kind)
{
    static const PrinterColumn kDefault[] {
        {.name = "Name", .type = "string", .format = "name", .jsonPath = ".metadata.name"},
        {.name = "Created At", .type = "date", .jsonPath = ".metadata.creationTimestamp"},
    };
    return kind.columns.empty() ? std::span<const PrinterColumn>(kDefault) : std::span<const PrinterColumn>(kind.columns);
}

Value fallbackOf(const PrinterColumn& column)
{
    if (column.fallback.empty())
        return {};
    if (column.type == "integer" || column.type == "boolean") {
        if (auto value = parseJson(column.fallback))
            return *value;
    }
    return column.fallback;
}

std::string textOf(const Value& value)
{
    return value.isString() ? std::string(value.asString()) : toJson(value);
}

// Name is a Go string column of every kind; numbers and booleans keep their type where the column says so.
Value pathCell(const PrinterColumn& column, const Value& object)
{
    const auto values = valuesAt(object, column.jsonPath);
    if (values.empty() || (values.size() == 1 && (values[0]->isNull() || (values[0]->isString() && values[0]->asString().empty()))))
        return fallbackOf(column);
    if (values.size() > 1) {
        std::string joined;
        for (const Value* value : values)
            joined += (joined.empty() ? "" : ",") + textOf(*value);
        return joined;
    }
    const bool keepsType = column.type == "integer" || column.type == "number" || column.type == "boolean";
    return keepsType ? *values[0] : Value(textOf(*values[0]));
}

Value cellOf(const PrinterColumn& column, const Value& object, WallTime now)
{
    const std::string_view source = column.jsonPath;
    if (source.starts_with('@')) {
        const table::Cell* cell = table::findCell(source.substr(1));
        return cell ? cell->compute({object, now}) : Value();
    }
    if (source.starts_with('#')) {
        const auto values = valuesAt(object, source.substr(1));
        return static_cast<std::int64_t>(values.empty() ? 0 : values[0]->size());
    }
    // Upstream prints the columns of built-in kinds as times; a custom resource's date column says how long ago.
    if (column.type == "date" && column.name != "Created At") {
        const auto values = valuesAt(object, source);
        return values.empty() ? Value() : Value(table::since(values[0]->asString(), now));
    }
    return pathCell(column, object);
}

// The Completed condition, by which clients may hide pods that have ended.
Value rowConditions(const KindDescription& kind, const Value& object)
{
    const std::string_view phase = object.str("status", "phase");
    if (!kind.group.empty() || kind.kind != "Pod" || (phase != "Succeeded" && phase != "Failed"))
        return {};
    return Value::array({Value::object({{"type", "Completed"},
        {"status", "True"},
        {"reason", phase},
        {"message", phase == "Failed" ? "The pod has failed." : "The pod has completed successfully."}})});
}

} // namespace

Value tableColumns(const KindDescription& kind)
{
    std::vector<Value> columns;
    for (const PrinterColumn& column : columnsOf(kind)) {
        columns.push_back(Value::object({{"name", column.name},
            {"type", column.type},
            {"format", column.format},
            {"description", column.description},
            {"priority", column.priority}}));
    }
    return Value::array(std::move(columns));
}

Value tableRow(const KindDescription& kind, const Value& object, IncludeObject include, WallTime now)
{
    const Value& printed = kind.storedAs ? toStored(kind, object) : object;
    std::vector<Value> cells;
    for (const PrinterColumn& column : columnsOf(kind))
        cells.push_back(cellOf(column, printed, now));
    Value row = Value::object({{"cells", Value::array(std::move(cells))}});
    if (Value conditions = rowConditions(kind, object); !conditions.isNull())
        row.set("conditions", std::move(conditions));
    switch (include) {
    case IncludeObject::None: break;
    case IncludeObject::Metadata: row.set("object", partialObjectMetadata(object)); break;
    case IncludeObject::Object: row.set("object", object); break;
    }
    return row;
}

Value makeTable(const KindDescription& kind, std::span<const Value> objects, IncludeObject include, const Value& listMetadata, WallTime now,
    bool withColumns)
{
    std::vector<Value> rows;
    rows.reserve(objects.size());
    for (const Value& object : objects)
        rows.push_back(tableRow(kind, object, include, now));
    return Value::object({{"kind", "Table"},
        {"apiVersion", "meta.k8s.io/v1"},
        {"metadata", listMetadata.isNull() ? Value::object() : listMetadata},
        {"columnDefinitions", withColumns ? tableColumns(kind) : Value::array(std::vector<Value>())},
        {"rows", Value::array(std::move(rows))}});
}

Value partialObjectMetadata(const Value& object)
{
    return Value::object({{"kind", "PartialObjectMetadata"}, {"apiVersion", "meta.k8s.io/v1"}, {"metadata", object.get("metadata")}});
}

Value partialObjectMetadataList(std::span<const Value> objects, const Value& listMetadata)
{
    std::vector<Value> items;
    items.reserve(objects.size());
    for (const Value& object : objects)
        items.push_back(partialObjectMetadata(object));
    return Value::object({{"kind", "PartialObjectMetadataList"},
        {"apiVersion", "meta.k8s.io/v1"},
        {"metadata", listMetadata.isNull() ? Value::object() : listMetadata},
        {"items", Value::array(std::move(items))}});
}

} // namespace kates::api
