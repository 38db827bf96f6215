package io.troupe.planner.expression;

import java.util.List;

/// What a Python function computes, in Python's own terms: names are resolved, statements have
/// become one expression, types are not known. Arguments and variables are numbered.
public sealed interface PythonTerm {
    /// The value of a parameter, by position.
    record Argument(int index) implements PythonTerm {}

    /// The value that the [Let] of that number bound.
    record Variable(int number) implements PythonTerm {}

    /// `null` for None, a Boolean, a Long, a Double or a String.
    record Constant(Object value) implements PythonTerm {}

    /// `operator`: `-`, `+`, `~` or `not`.
    record Unary(String operator, PythonTerm operand) implements PythonTerm {}

    /// Arithmetic: `+ - * / // % ** & | ^`.
    record Binary(String operator, PythonTerm left, PythonTerm right) implements PythonTerm {}

    /// `== != < <= > >= in`, `not in`, `is`, `is not`.
    record Compare(String operator, PythonTerm left, PythonTerm right) implements PythonTerm {}

    /// `and` (`conjunction`) or `or`: the value of the operand that decides.
    record Junction(boolean conjunction, PythonTerm left, PythonTerm right) implements PythonTerm {}

    record Conditional(PythonTerm test, PythonTerm then, PythonTerm otherwise)
            implements PythonTerm {}

    /// Computes `value`, whether or not the body uses it.
    record Let(int number, PythonTerm value, PythonTerm body) implements PythonTerm {}

    /// A function of Python by its name; `format` joins texts.
    record Invoke(String function, List<PythonTerm> arguments) implements PythonTerm {}

    record Method(String name, PythonTerm on, List<PythonTerm> arguments) implements PythonTerm {}

    record Item(PythonTerm of, PythonTerm index) implements PythonTerm {}

    /// `of[lower:upper]`; either end may be null.
    record Slice(PythonTerm of, PythonTerm lower, PythonTerm upper) implements PythonTerm {}

    /// A tuple, list or set.
    record Items(List<PythonTerm> items) implements PythonTerm {}
}
