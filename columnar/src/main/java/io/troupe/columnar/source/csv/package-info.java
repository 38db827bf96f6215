/// Reads CSV as Spark does: tokens, schema inference, malformed records. Builds on the text room.
package io.troupe.columnar.source.csv;
