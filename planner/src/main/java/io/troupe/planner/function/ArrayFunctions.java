package io.troupe.planner.function;

import static io.troupe.planner.error.Conditions.id;
import static io.troupe.planner.error.Conditions.quoted;
import static io.troupe.planner.function.Accept.ARRAY;
import static io.troupe.planner.function.Accept.INT;
import static io.troupe.planner.function.Accept.STRING;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.util.List;

/// Arrays.
public final class ArrayFunctions {
    private ArrayFunctions() {}

    static void register(ScalarTable table) {
        table.add("array", 0, ScalarTable.ANY_COUNT, ArrayFunctions::array);
        for (String name : List.of("size", "cardinality")) {
            table.add(name).in(Accept.anyOf(ARRAY, Accept.MAP)).as("size").out(AtomicType.INTEGER);
        }
        table.add("array_size").in(ARRAY).out(AtomicType.INTEGER);
        table.add("array_contains", 2, 2, (a, dialect) -> element("array_contains", a, dialect));
        table.add("array_position", 2, 2, (a, dialect) -> element("array_position", a, dialect));
        table.add("array_remove", 2, 2, (a, dialect) -> element("array_remove", a, dialect));
        table.add("array_append", 2, 2, (a, dialect) -> element("array_append", a, dialect));
        table.add("array_prepend", 2, 2, (a, dialect) -> element("array_prepend", a, dialect));
        table.add("array_insert", 3, 3, ArrayFunctions::insert);
        for (String name : List.of("array_union", "array_intersect", "array_except")) {
            table.add(name, 2, 2, (a, dialect) -> both(name, a, dialect));
        }
        table.add("arrays_overlap", 2, 2, (a, dialect) -> both("arrays_overlap", a, dialect));
        table.add("array_distinct").in(ARRAY).out((a, _) -> a.getFirst().type());
        table.add("array_compact")
                .in(ARRAY)
                .out((a, _) -> new ArrayType(item(a.getFirst()), false));
        table.add("array_min", 1, 1, (a, _) -> extreme("array_min", a));
        table.add("array_max", 1, 1, (a, _) -> extreme("array_max", a));
        table.add("array_join")
                .in(Accept.arrayOf(STRING), STRING)
                .opt(STRING)
                .out(StringType.STRING);
        table.add("array_repeat")
                .in(Accept.ANY, INT)
                .out((a, _) -> new ArrayType(a.getFirst().type(), a.getFirst().nullable()))
                .nulls((a, _) -> a.get(1).nullable());
        table.add("array_sort", 1, 1, (a, _) -> arraySort(a.getFirst()));
        table.add("sort_array", 1, 2, ArrayFunctions::sortArray);
        table.add("shuffle")
                .in(ARRAY)
                .opt(Accept.LONG)
                .out((a, _) -> a.getFirst().type())
                .shown(arguments -> "shuffle(" + arguments.getFirst() + ")");
        table.add("slice").in(ARRAY, INT, INT).out((a, _) -> a.getFirst().type());
        table.add("get")
                .in(ARRAY, INT)
                .out((a, _) -> item(a.getFirst()))
                .nulls((a, _) -> itemNullable(a.get(0), a.get(1), 0));
    }

    /// Whether an item may be null: not when the array is written out and the constant index names
    /// a value of it that is not.
    ///
    /// @param first the index of the first item: 0 or 1; with 1, negative ones count from the end
    public static boolean itemNullable(Expression array, Expression index, int first) {
        Integer constant = MathFunctions.constant(index);
        if (constant == null || !(array instanceof Call call) || !call.is("array")) {
            return true;
        }
        int size = call.arguments().size();
        int at = first == 1 && constant < 0 ? size + constant : constant - first;
        return at < 0 || at >= size || call.argument(at).nullable();
    }

    static DataType item(Expression array) {
        return ((ArrayType) array.type()).element();
    }

    private static Typed array(List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call("array", a);
        if (a.isEmpty()) {
            return new Typed(
                    new Call("array", List.of(), new ArrayType(AtomicType.VOID, false), false),
                    text);
        }
        List<DataType> types = a.stream().map(Typed::type).toList();
        DataType type = Coercion.wider(types, dialect.ansi());
        if (type == null) {
            throw FunctionErrors.differentTypes(text, "array", types);
        }
        List<Expression> items =
                a.stream().map(x -> Coercion.cast(x.expression(), type, dialect)).toList();
        boolean nulls = items.stream().anyMatch(Expression::nullable);
        return new Typed(new Call("array", items, new ArrayType(type, nulls), false), text);
    }

    /// An array and a value of its element type.
    private static Typed element(String name, List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call(name, a);
        Typed array = a.get(0);
        Typed value = a.get(1);
        boolean lenient = name.equals("array_append") || name.equals("array_prepend");
        if (value.type() == AtomicType.VOID && !lenient) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.NULL_TYPE",
                    "sqlExpr",
                    quoted(text),
                    "functionName",
                    id(name));
        }
        if (!(array.type() instanceof ArrayType type)) {
            if (array.type() == AtomicType.VOID && !lenient) {
                throw Conditions.analysis(
                        "DATATYPE_MISMATCH.NULL_TYPE",
                        "sqlExpr",
                        quoted(text),
                        "functionName",
                        id(name));
            }
            throw FunctionErrors.wrongInput(text, 0, "\"ARRAY\"", array);
        }
        DataType common = elementType(name, type, value, text, dialect);
        Expression base =
                Coercion.cast(
                        array.expression(), new ArrayType(common, type.containsNull()), dialect);
        Expression item = Coercion.cast(value.expression(), common, dialect);
        boolean either = base.nullable() || item.nullable();
        return switch (name) {
            case "array_contains" ->
                    new Typed(
                            new Call(
                                    name,
                                    List.of(base, item),
                                    AtomicType.BOOLEAN,
                                    either || type.containsNull()),
                            text);
            case "array_position" ->
                    new Typed(new Call(name, List.of(base, item), AtomicType.LONG, either), text);
            case "array_remove" ->
                    new Typed(new Call(name, List.of(base, item), base.type(), either), text);
            default ->
                    new Typed(
                            new Call(
                                    name,
                                    List.of(base, item),
                                    new ArrayType(common, true),
                                    base.nullable()),
                            text);
        };
    }

    /// The common type of an array's elements and a value; strings meet strings only.
    private static DataType elementType(
            String name, ArrayType type, Typed value, String text, Dialect dialect) {
        DataType common =
                Coercion.tightest(type.element(), value.type(), dialect.ansi()) != null
                        ? Coercion.tightest(type.element(), value.type(), dialect.ansi())
                        : Coercion.wider(type.element(), value.type(), dialect.ansi());
        boolean strings =
                type.element() instanceof StringType != value.type() instanceof StringType;
        if (common == null
                || strings
                        && value.type() != AtomicType.VOID
                        && type.element() != AtomicType.VOID) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES",
                    "sqlExpr",
                    quoted(text),
                    "functionName",
                    id(name),
                    "dataType",
                    quoted("ARRAY"),
                    "leftType",
                    quoted(type.sql()),
                    "rightType",
                    quoted(value.type().sql()));
        }
        return common;
    }

    private static Typed insert(List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call("array_insert", a);
        if (!(a.get(0).type() instanceof ArrayType type)) {
            throw FunctionErrors.wrongInput(text, 0, "\"ARRAY\"", a.get(0));
        }
        DataType position = INT.target(a.get(1).type(), dialect.ansi());
        if (position == null) {
            throw FunctionErrors.wrongInput(text, 1, "\"INT\"", a.get(1));
        }
        DataType common = Coercion.wider(type.element(), a.get(2).type(), dialect.ansi());
        if (common == null) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES",
                    "sqlExpr",
                    quoted(text),
                    "functionName",
                    id("array_insert"),
                    "dataType",
                    quoted("ARRAY"),
                    "leftType",
                    quoted(type.sql()),
                    "rightType",
                    quoted(a.get(2).type().sql()));
        }
        List<Expression> arguments =
                List.of(
                        Coercion.cast(
                                a.get(0).expression(),
                                new ArrayType(common, type.containsNull()),
                                dialect),
                        Coercion.cast(a.get(1).expression(), AtomicType.INTEGER, dialect),
                        Coercion.cast(a.get(2).expression(), common, dialect));
        boolean nullable = arguments.get(0).nullable() || arguments.get(1).nullable();
        return new Typed(
                new Call("array_insert", arguments, new ArrayType(common, true), nullable), text);
    }

    private static Typed both(String name, List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call(name, a);
        DataType left = a.get(0).type();
        DataType right = a.get(1).type();
        DataType common = Coercion.wider(left, right, dialect.ansi());
        boolean arrays =
                (left instanceof ArrayType || left == AtomicType.VOID)
                        && (right instanceof ArrayType || right == AtomicType.VOID);
        if (!arrays || common == null || common == AtomicType.VOID) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.BINARY_ARRAY_DIFF_TYPES",
                    "sqlExpr",
                    quoted(text),
                    "functionName",
                    id(name),
                    "arrayType",
                    quoted("ARRAY"),
                    "leftType",
                    quoted(left.sql()),
                    "rightType",
                    quoted(right.sql()));
        }
        Expression l = Coercion.cast(a.get(0).expression(), common, dialect);
        Expression r = Coercion.cast(a.get(1).expression(), common, dialect);
        boolean lNulls = ((ArrayType) l.type()).containsNull();
        boolean rNulls = ((ArrayType) r.type()).containsNull();
        DataType element = ((ArrayType) common).element();
        boolean nullable = l.nullable() || r.nullable();
        DataType type =
                switch (name) {
                    case "arrays_overlap" -> AtomicType.BOOLEAN;
                    case "array_union" -> new ArrayType(element, lNulls || rNulls);
                    case "array_intersect" -> new ArrayType(element, lNulls && rNulls);
                    default -> new ArrayType(element, lNulls);
                };
        if (name.equals("arrays_overlap")) {
            nullable |= lNulls || rNulls;
        }
        return new Typed(new Call(name, List.of(l, r), type, nullable), text);
    }

    private static ArrayType arrayType(Typed value, String text) {
        if (value.type() instanceof ArrayType type) {
            return type;
        }
        throw FunctionErrors.wrongInput(text, 0, "\"ARRAY\"", value);
    }

    private static Typed extreme(String name, List<Typed> a) {
        String text = ConditionalFunctions.call(name, a);
        ArrayType type = arrayType(a.getFirst(), text);
        if (!Operators.orderable(type.element())) {
            throw FunctionErrors.notOrderable(text, name, type);
        }
        return new Typed(
                new Call(name, List.of(a.getFirst().expression()), type.element(), true), text);
    }

    /// Without a comparator: ascending, nulls last. The text is that of the comparator that Spark
    /// makes up.
    private static Typed arraySort(Typed value) {
        String v = "namedlambdavariable()";
        String comparator =
                "lambdafunction((IF((("
                        + v
                        + " IS NULL) AND ("
                        + v
                        + " IS NULL)), 0, (IF(("
                        + v
                        + " IS NULL), 1, (IF(("
                        + v
                        + " IS NULL), -1, (IF(("
                        + v
                        + " < "
                        + v
                        + "), -1, (IF(("
                        + v
                        + " > "
                        + v
                        + "), 1, 0)))))))))), "
                        + v
                        + ", "
                        + v
                        + ")";
        String text = "array_sort(" + value.text() + ", " + comparator + ")";
        ArrayType type = arrayType(value, text);
        if (!Operators.orderable(type.element())) {
            throw FunctionErrors.notOrderable(text, "array_sort", type);
        }
        return new Typed(
                new Call("array_sort", List.of(value.expression()), type, value.nullable()), text);
    }

    private static Typed sortArray(List<Typed> a, Dialect dialect) {
        Typed ascending = a.size() == 2 ? a.get(1) : new Typed(Literal.TRUE, "true");
        String text = "sort_array(" + a.getFirst().text() + ", " + ascending.text() + ")";
        ArrayType type = arrayType(a.getFirst(), text);
        if (!Operators.orderable(type.element())) {
            throw FunctionErrors.notOrderable(text, "sort_array", type);
        }
        if (ascending.type() != AtomicType.BOOLEAN) {
            throw FunctionErrors.wrongInput(text, 1, "\"BOOLEAN\"", ascending);
        }
        List<Expression> arguments = List.of(a.getFirst().expression(), ascending.expression());
        return new Typed(
                new Call(
                        "sort_array",
                        arguments,
                        type,
                        arguments.stream().anyMatch(Expression::nullable)),
                text);
    }
}
