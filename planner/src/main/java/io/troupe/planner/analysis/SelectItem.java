package io.troupe.planner.analysis;

import io.troupe.planner.function.Typed;

/// One output column of a select list.
///
/// @param name the column's name
/// @param value what is computed
/// @param metadata of the column, `{}` for none
/// @param aliased whether the user wrote a name
/// @param named whether the name is the user's or a column's, rather than made from the
///   expression's text
record SelectItem(String name, Typed value, String metadata, boolean aliased, boolean named) {}
