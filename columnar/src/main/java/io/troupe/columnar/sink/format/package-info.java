/// What every file format offers to the sinks: a writer of batches into one file. Knows no format.
package io.troupe.columnar.sink.format;
