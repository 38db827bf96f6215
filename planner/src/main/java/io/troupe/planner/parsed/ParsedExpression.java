package io.troupe.planner.parsed;

import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.expression.WindowFrame;
import io.troupe.planner.type.DataType;
import java.util.List;
import java.util.Map;

/// An unresolved expression. Null components are named as such; lists are never null.
public sealed interface ParsedExpression {
    /// A constant.
    record Constant(Literal literal) implements ParsedExpression {}

    /// `a`, `t.a`, `a.field`: which part is what, is the analyser's to find. `plan` is the
    /// DataFrame whose column was meant (`df.a`, `df["a"]`), null for none.
    record Name(List<String> parts, Long plan) implements ParsedExpression {}

    /// `*`, `t.*`, `* EXCEPT (a, b)`; `target` is empty for a plain star.
    record Star(List<String> target, List<List<String>> except) implements ParsedExpression {}

    /// A regular expression over column names (`df.colRegex`), `target` empty or a table name.
    record NamePattern(List<String> target, String pattern) implements ParsedExpression {}

    /// Any function or operator by name (operators: `+`, `and`, `=`, `isnull`, `in` …; registry
    /// names are lower case, lookup ignores case).
    record Function(
            List<String> name,
            List<ParsedExpression> arguments,
            boolean distinct,
            ParsedExpression filter,
            List<SortItem> orderWithinGroup,
            NullTreatment nulls)
            implements ParsedExpression {
        public Function(String name, List<ParsedExpression> arguments) {
            this(List.of(name), arguments, false, null, List.of(), NullTreatment.DEFAULT);
        }
    }

    enum NullTreatment {
        DEFAULT,
        RESPECT,
        IGNORE
    }

    /// `name => value` in a call.
    record NamedArgument(String name, ParsedExpression value) implements ParsedExpression {}

    record Conversion(ParsedExpression child, DataType type, boolean tryOnly)
            implements ParsedExpression {}

    /// `value` is null for the searched form; `otherwise` is null when absent.
    record Case(ParsedExpression value, List<CaseBranch> branches, ParsedExpression otherwise)
            implements ParsedExpression {}

    record CaseBranch(ParsedExpression condition, ParsedExpression value) {}

    /// `expr AS a`, or several names for a generator; `metadata` is JSON text or null.
    record Alias(ParsedExpression child, List<String> names, String metadata)
            implements ParsedExpression {}

    /// `nullsFirst` null: Spark's default (first when ascending).
    record SortItem(ParsedExpression child, boolean ascending, Boolean nullsFirst)
            implements ParsedExpression {}

    /// A function over a window; the window is a definition, or the name of one in the query's
    /// WINDOW clause.
    record Windowed(ParsedExpression function, WindowDefinition window)
            implements ParsedExpression {}

    /// `base` is the name of another window that this one refines, or null. `frame` is null for the
    /// default.
    record WindowDefinition(
            String base, List<ParsedExpression> partitionBy, List<SortItem> orderBy, Frame frame) {}

    record Frame(
            WindowFrame.Unit unit,
            FrameBound lower,
            FrameBound upper,
            WindowFrame.Exclusion exclusion) {}

    /// `offset` is null unless the kind is PRECEDING or FOLLOWING. DataFrame offsets are signed
    /// values with kind FOLLOWING.
    record FrameBound(BoundKind kind, ParsedExpression offset) {}

    enum BoundKind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    record LambdaFunction(List<String> parameters, ParsedExpression body)
            implements ParsedExpression {}

    /// `values` are the left-hand sides of IN, else empty.
    record SubqueryExpression(Subquery.Kind kind, ParsedPlan plan, List<ParsedExpression> values)
            implements ParsedExpression {}

    /// `child.name`, where the child is not a plain name.
    record Field(ParsedExpression child, String name) implements ParsedExpression {}

    /// `child[index]`.
    record Subscript(ParsedExpression child, ParsedExpression index) implements ParsedExpression {}

    record WithField(ParsedExpression child, String name, ParsedExpression value)
            implements ParsedExpression {}

    record DropFields(ParsedExpression child, List<String> names) implements ParsedExpression {}

    /// `:name` or `?` (then `name` is its position from 0 as text).
    record Parameter(String name, boolean positional) implements ParsedExpression {}

    record PythonUdf(
            PythonFunction function,
            List<ParsedExpression> arguments,
            Map<String, ParsedExpression> named)
            implements ParsedExpression {}

    /// The SQL text or script line that an expression came from, for error messages. `site` is like
    /// `job.py:12`, or null; `start` and `stop` are offsets into the SQL text, or -1.
    record Located(ParsedExpression child, String site, int start, int stop)
            implements ParsedExpression {}

    /// SQL text given to `expr`, `selectExpr`, `filter("…")`: the analyser parses it through its
    /// SQL port.
    record SqlText(String text) implements ParsedExpression {}

    /// A cast mode follows the session's ANSI setting unless `tryOnly`.
    static Cast.Mode mode(Conversion conversion, boolean ansi) {
        return conversion.tryOnly() ? Cast.Mode.TRY : ansi ? Cast.Mode.ANSI : Cast.Mode.LEGACY;
    }
}
