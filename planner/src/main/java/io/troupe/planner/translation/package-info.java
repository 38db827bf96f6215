/// Python functions as built-in expressions, where those give what Python would.
///
/// [io.troupe.planner.translation.Translation] is the way in. It knows the types of the arguments
/// and walks the function's terms: `Terms` over conditions and variables, `Numbers`, `Comparisons`,
/// `Texts` and `Formats` over operators and functions, `Returns` over what PySpark makes of the
/// result. A term whose Python semantics have no equal among built-in expressions leaves the whole
/// function to Python; one that differs for some values adds a condition to `Checks`, and rows that
/// do not meet it are left to Python.
///
/// May use types, expressions and functions; the optimiser and physical planning use it.
package io.troupe.planner.translation;
