/// Writing query results to files: the operator that writes a task's rows, partition folders, and
/// the commit that makes a whole job's files visible at once. The formats live in the packages
/// below.
package io.troupe.columnar.sink;
