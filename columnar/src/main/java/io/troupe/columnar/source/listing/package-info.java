/// Files on disk: paths, globs, folders, Hive-style partition folders, and the errors of reading
/// files. Knows no format.
package io.troupe.columnar.source.listing;
