/// Writes CSV, JSON lines and text, with the forms of values that Spark writes.
package io.troupe.columnar.sink.text;
