/// Generators: operators that give any number of rows per input row. Uses vectors and column
/// builders; expressions arrive compiled.
package io.troupe.columnar.operator.generate;
