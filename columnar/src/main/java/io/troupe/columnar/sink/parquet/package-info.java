/// Writes Parquet: schemas as Spark writes them, dictionaries, pages, statistics, nested columns.
/// Uses vectors and the page codecs of the reader; knows no other format.
package io.troupe.columnar.sink.parquet;
