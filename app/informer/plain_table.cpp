#include "app/informer/plain_table.h"

namespace kates::app {

using api::Value;

namespace {

Value rowOf(const Value& object)
{
    const Value& metadata = object.get("metadata");
    return Value::object({ { "cells", Value::array({ metadata.str("name"), metadata.str("creationTimestamp") }) }, { "object", object } });
}

} // namespace

Value asTable(const Value& document)
{
    if (document.has("rows") || document.has("columnDefinitions"))
        return document;
    Value rows = Value::array();
    if (document.has("items")) {
        for (const Value& item : document.get("items"))
            rows.push(rowOf(item));
    } else {
        rows.push(rowOf(document));
    }
    const Value columns = Value::array({ Value::object({ { "name", "Name" }, { "type", "string" }, { "format", "name" } }),
        Value::object({ { "name", "Age" }, { "type", "date" } }) });
    return Value::object({ { "kind", "Table" }, { "metadata", document.get("metadata") }, { "columnDefinitions", columns }, { "rows", rows } });
}

} // namespace kates::app
