/// Values as text: UTF-8 bytes, numbers, and the printed form of every type. Knows single values
/// and vectors, no expressions.
package io.troupe.columnar.text;
