package io.troupe.planner.analysis;

import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.GeneratorCall;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.expression.WindowCall;
import io.troupe.planner.expression.WindowColumn;
import io.troupe.planner.expression.WindowFrame;
import io.troupe.planner.function.Dialect;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Generate;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Window;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;

/// The windows of time of one call, as a column `struct<start, end>` of a clause's input. Rows
/// without a time have none and go.
///
/// ```
/// tumbling  Filter(time not null) → Project(…, struct(edge, edge + length))
/// sliding   … → Generate(explode(array of the windows that may hold the time)) → Filter(it does)
/// session   … → Window functions over the other groupings: a row that starts behind all earlier
///           ends begins a session, whose span all its rows get
/// ```
///
/// @param length of a fixed window, or the gap that ends a session, in microseconds
record TimeWindow(
        Kind kind, Expression time, long length, long slide, long start, Attribute column) {
    enum Kind {
        FIXED,
        SESSION
    }

    static TimeWindow of(
            Kind kind, Expression time, long length, long slide, long start, AttributeIds ids) {
        boolean session = kind == Kind.SESSION;
        boolean sliding = !session && slide < length;
        Attribute column =
                new Attribute(
                        ids.next(),
                        session ? "session_window" : "window",
                        new StructType(
                                List.of(
                                        new StructField("start", time.type(), true),
                                        new StructField("end", time.type(), true))),
                        sliding,
                        List.of(),
                        session ? "{\"spark.sessionWindow\":true}" : "{\"spark.timeWindow\":true}");
        return new TimeWindow(kind, time, length, slide, start, column);
    }

    boolean is(Kind kind, Expression time, long length, long slide, long start) {
        return this.kind == kind
                && this.time.equals(time)
                && this.length == length
                && this.slide == slide
                && this.start == start;
    }

    /// The start of the span of `slide` microseconds, counted from `start`, that holds the time,
    /// moved by `shift`.
    static Expression edge(Expression time, long slide, long start, long shift) {
        return new Call(
                "time_window_edge",
                List.of(time, Literal.of(slide), Literal.of(start), Literal.of(shift)),
                time.type(),
                time.nullable());
    }

    private Expression span(Expression from, Expression to) {
        return new Call(
                "named_struct",
                List.of(Literal.of("start"), from, Literal.of("end"), to),
                column.type(),
                false);
    }

    private Expression shifted(long shift) {
        return span(edge(time, slide, start, shift), edge(time, slide, start, shift + length));
    }

    private static List<Named> kept(LogicalPlan plan) {
        return new ArrayList<>(plan.output().stream().map(Named::of).toList());
    }

    private static LogicalPlan with(LogicalPlan plan, Attribute column, Expression value) {
        List<Named> columns = kept(plan);
        columns.add(new Named(column, value));
        return new Project(plan, columns);
    }

    /// The plan with the column added.
    ///
    /// @param groupings what else a clause groups by: sessions are apart for each
    LogicalPlan over(
            LogicalPlan child, List<Expression> groupings, AttributeIds ids, Dialect dialect) {
        LogicalPlan timed =
                time.nullable() ? new Filter(child, Expressions.isNotNull(time)) : child;
        if (kind == Kind.SESSION) {
            return sessions(timed, groupings, ids);
        }
        return length == slide ? with(timed, column, shifted(0)) : sliding(timed, dialect);
    }

    private LogicalPlan sliding(LogicalPlan timed, Dialect dialect) {
        List<Expression> windows = new ArrayList<>();
        for (long back = 0; back < length; back += slide) {
            windows.add(shifted(-back));
        }
        Call all = new Call("array", windows, new ArrayType(column.type(), false), false);
        LogicalPlan generated =
                new Generate(
                        timed,
                        new GeneratorCall("explode", List.of(all), null),
                        false,
                        List.of(column));
        Typed end =
                ColumnNames.extract(
                        new Typed(column, column.name()),
                        new Typed(Literal.of("end"), "end"),
                        true,
                        dialect);
        return new Filter(generated, Expressions.booleanCall("<", time, end.expression()));
    }

    private LogicalPlan sessions(LogicalPlan timed, List<Expression> groupings, AttributeIds ids) {
        if (groupings == null) {
            return with(timed, column, span(time, edge(time, 1, 0, length)));
        }
        Attribute from = ids.attribute("start", time.type(), true);
        Attribute to = ids.attribute("end", time.type(), true);
        LogicalPlan spans = with(with(timed, from, time), to, edge(time, 1, 0, length));
        List<SortOrder> byStart = List.of(new SortOrder(from, true, true));
        Attribute reached = ids.attribute("reached", time.type(), true);
        WindowFrame before =
                new WindowFrame(
                        WindowFrame.Unit.ROWS,
                        WindowFrame.Fixed.UNBOUNDED_PRECEDING,
                        new WindowFrame.Offset(Literal.of(-1)),
                        WindowFrame.Exclusion.NO_OTHERS);
        LogicalPlan reaching =
                new Window(spans, groupings, byStart, List.of(call(reached, "max", to, before)));
        Attribute begins = ids.attribute("begins", AtomicType.LONG, false);
        Expression apart =
                Expressions.booleanCall(
                        "coalesce", Expressions.booleanCall(">", from, reached), Literal.TRUE);
        LogicalPlan marked =
                with(
                        reaching,
                        begins,
                        new Call(
                                "if",
                                List.of(apart, Literal.of(1L), Literal.of(0L)),
                                AtomicType.LONG,
                                false));
        Attribute number = ids.attribute("session", AtomicType.LONG, true);
        // Peers count as one: which of them begins the session does not depend on their order.
        LogicalPlan numbered =
                new Window(
                        marked,
                        groupings,
                        byStart,
                        List.of(call(number, "sum", begins, WindowFrame.UP_TO_CURRENT_PEERS)));
        List<Expression> session = new ArrayList<>(groupings);
        session.add(number);
        Attribute first = ids.attribute("first", time.type(), true);
        Attribute last = ids.attribute("last", time.type(), true);
        LogicalPlan ended =
                new Window(
                        numbered,
                        session,
                        List.of(),
                        List.of(
                                call(first, "min", from, WindowFrame.WHOLE_PARTITION),
                                call(last, "max", to, WindowFrame.WHOLE_PARTITION)));
        List<Named> columns = kept(timed);
        columns.add(new Named(column, span(first, last)));
        return new Project(ended, columns);
    }

    private static WindowColumn call(
            Attribute output, String function, Attribute argument, WindowFrame frame) {
        return new WindowColumn(
                output,
                new WindowCall(
                        new AggregateCall(function, List.of(argument), output.type(), true),
                        frame,
                        false));
    }
}
