/// Sources of rows: lists files, infers schemas, reads statistics and opens scans over every
/// format. The door to the format packages; the operators above see only
/// [io.troupe.columnar.source.ScanOperators] and [io.troupe.columnar.source.FileSources].
package io.troupe.columnar.source;
