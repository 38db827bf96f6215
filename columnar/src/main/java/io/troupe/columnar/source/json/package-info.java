/// Reads JSON lines and documents as Spark does: typed columns, schema inference, malformed
/// records. Builds on the text room.
package io.troupe.columnar.source.json;
