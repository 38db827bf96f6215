/// Reads Parquet: footers, schemas, pruning by statistics, page decoding straight into vectors,
/// late materialisation. Hadoop-free. Uses vectors, compiled predicates and the listing room; knows
/// no other format.
package io.troupe.columnar.source.parquet;
