package io.troupe.planner.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlParserTest {
    private static ParsedPlan plan(String sql) {
        return assertInstanceOf(
                        Statement.Query.class,
                        SqlParser.parseStatement(sql, ParserSettings.DEFAULT))
                .plan();
    }

    private static ParsedExpression expression(String sql) {
        return ExpressionReader.bare(SqlParser.parseExpression(sql, ParserSettings.DEFAULT));
    }

    private static Literal literal(String sql) {
        return assertInstanceOf(ParsedExpression.Constant.class, expression(sql)).literal();
    }

    private static String function(String sql) {
        return assertInstanceOf(ParsedExpression.Function.class, expression(sql)).name().getFirst();
    }

    private static TroupeException refused(String sql) {
        return assertThrows(
                TroupeException.class, () -> SqlParser.parseStatement(sql, ParserSettings.DEFAULT));
    }

    @Test
    void pointsAtTheOffendingTokenOfASyntaxError() {
        TroupeException error = refused("select\n  a,\n  b\nfrom\n  t wher x = 1");
        assertEquals("PARSE_SYNTAX_ERROR", error.condition());
        assertEquals(
                """
                [PARSE_SYNTAX_ERROR] Syntax error at or near 'x'. SQLSTATE: 42601 (line 5, pos 9)

                == SQL ==
                select
                  a,
                  b
                from
                  t wher x = 1
                ---------^^^
                """,
                error.getMessage());
        assertEquals(Map.of("error", "'x'", "hint", ""), error.parameters());
    }

    @Test
    void namesWhatIsMissingOrExtra() {
        assertTrue(refused("select a[1").getMessage().contains("near end of input: missing ']'."));
        assertTrue(refused("select 1)").getMessage().contains("near ')': extra input ')'."));
    }

    @Test
    void underlinesTheFragmentThatHasNoMeaning() {
        assertEquals(
                """
                [INVALID_TYPED_LITERAL] The value of the typed literal "DATE" is invalid: 'abc'. SQLSTATE: 42604
                == SQL (line 1, position 8) ==
                select date'abc'
                       ^^^^^^^^^
                """,
                refused("select date'abc'").getMessage());
    }

    @Test
    void refusesEmptyTextAndUnclosedComments() {
        assertEquals("PARSE_EMPTY_STATEMENT", refused("  ").condition());
        assertEquals("UNCLOSED_BRACKETED_COMMENT", refused("select 1 /* abc").condition());
    }

    @Test
    void typesNumbersByTheirForm() {
        assertEquals(Literal.of(-7), literal("-7"));
        assertEquals(Literal.of(3_000_000_000L), literal("3000000000"));
        assertEquals(new Literal(new BigDecimal("1.50"), new DecimalType(3, 2)), literal("1.50"));
        assertEquals(new Literal(100.0, AtomicType.DOUBLE), literal("1e2"));
        assertEquals(new Literal((byte) 5, AtomicType.BYTE), literal("5Y"));
        assertEquals(new Literal(new BigDecimal("5"), new DecimalType(1, 0)), literal("5BD"));
        assertEquals(new Literal(new BigDecimal("0.05"), new DecimalType(2, 2)), literal(".05"));
    }

    @Test
    void readsStringsWithEscapesAndConcatenation() {
        assertEquals("a\n'b", literal("'a\\n''b'").value());
        assertEquals("ab", literal("'a' \"b\"").value());
        assertEquals("\\d", literal("r'\\d'").value());
        assertEquals("\\%A", literal("'\\%\\u0041'").value());
    }

    @Test
    void typesIntervalsByTheirUnits() {
        assertEquals(
                new Literal(14, YearMonthIntervalType.DEFAULT),
                literal("INTERVAL '1-2' YEAR TO MONTH"));
        assertEquals(
                new Literal(
                        266_400_000_000L,
                        new DayTimeIntervalType(
                                DayTimeIntervalType.Field.DAY, DayTimeIntervalType.Field.HOUR)),
                literal("INTERVAL 3 DAYS 2 HOURS"));
        assertEquals(
                new Literal(
                        -93_784_500_000L,
                        new DayTimeIntervalType(
                                DayTimeIntervalType.Field.DAY, DayTimeIntervalType.Field.SECOND)),
                literal("INTERVAL '-1 02:03:04.5' DAY TO SECOND"));
    }

    @Test
    void readsDatesAndTimestampsInTheSessionZone() {
        assertEquals(new Literal(18_262, AtomicType.DATE), literal("DATE '2020-01-01'"));
        assertEquals(
                new Literal(1_577_836_800_000_000L, AtomicType.TIMESTAMP),
                literal("TIMESTAMP '2020-01-01 00:00:00'"));
        assertEquals(
                new Literal(1_577_833_200_500_000L, AtomicType.TIMESTAMP),
                literal("TIMESTAMP '2020-01-01 00:00:00.5+01:00'"));
        assertEquals(
                new Literal(0L, AtomicType.TIMESTAMP_NTZ), literal("TIMESTAMP_NTZ '1970-01-01'"));
    }

    @Test
    void bindsOperatorsBySparksPrecedence() {
        assertEquals("or", function("a and b or not c = d"));
        assertEquals("between", function("a + 1 between 2 and 3 * 4"));
        assertEquals("|", function("1 & 2 ^ 3 | 4 << 5"));
        assertEquals("=", function("a || b = c"));
        assertEquals(">>", function("a >> 2"));
        assertEquals(">>>", function("a >>> 2"));
    }

    @Test
    void usesKeywordsAsNames() {
        assertEquals(
                new ParsedExpression.Name(List.of("select", "group", "order"), null),
                expression("select.group.`order`"));
        assertEquals("left", function("left('abc', 2)"));
    }

    @Test
    void bindsIntersectTighterThanUnion() {
        var union =
                (ParsedPlan.UnionOf) bare(plan("select 1 union all select 2 intersect select 3"));
        assertInstanceOf(ParsedPlan.SetOperationOf.class, bare(union.right()));
    }

    private static ParsedPlan bare(ParsedPlan plan) {
        return plan instanceof ParsedPlan.LocatedPlan located ? bare(located.child()) : plan;
    }

    @Test
    void writesOutMixedGroupingSets() {
        var group = (ParsedPlan.GroupBy) plan("select 1 from t group by a, rollup(b, c)");
        assertEquals(ParsedPlan.GroupKind.GROUPING_SETS, group.kind());
        assertEquals(3, group.groupings().size());
        assertEquals(List.of(3, 2, 1), group.sets().stream().map(List::size).toList());
    }

    @Test
    void replacesWindowNamesByTheirDefinitions() {
        var select =
                (ParsedPlan.Select)
                        plan("select sum(a) over w from t window w as (partition by b order by c)");
        var windowed =
                (ParsedExpression.Windowed) ExpressionReader.bare(select.columns().getFirst());
        assertEquals(1, windowed.window().partitionBy().size());
        assertEquals(
                "MISSING_WINDOW_SPECIFICATION", refused("select sum(a) over w from t").condition());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with recursive r(n) max recursion level 5 as (select 1 union all select n + 1 from r) select * from r",
                "select a.*, * except (b) from a join lateral (select 1) on true left semi join c using (x, y)",
                "from t |> where x > 1 |> extend x + 1 as y |> set x = 2 |> drop z |> aggregate sum(x) group by y |> order by 1 limit 3",
                "select * from t pivot (sum(a) as s, max(b) for (c, d) in ((1, 2) as x, (3, 4))) as p",
                "select * from t unpivot include nulls ((a, b) for n in ((c, d) as x, (e, f)))",
                "select transform(xs, (x, i) -> x + i), filter(m, x -> x is not null), f(a => 1) from t",
                "select percentile_cont(0.5) within group (order by a desc) filter (where b) over (partition by c) from t",
                "select lag(a, 1) ignore nulls over (order by b rows between 1 preceding and current row exclude ties) from t",
                "select cast(a as map<string, array<struct<x: int, y decimal(10,2)>>>), b::date, try_cast(c as int) from t",
                "select extract(year from d), trim(both 'x' from s), substring(s from 2 for 3), overlay(s placing 'a' from 1) from t",
                "select /*+ broadcast(a), repartition(3) */ 1 from a tablesample (10 percent) repeatable (1), b /* c /* d */ */",
                "select * from values (1, 'a'), (2, 'b') as v(x, y) where x in (select 1) and exists (select 2) -- end",
                "select * from f(table(select 1) partition by a order by b, x => 2)",
                "select 1 from t lateral view outer explode(a) e as x, y group by all order by all desc nulls last",
                "select a like any ('x', 'y'), b not ilike 'z' escape '!', c rlike 'd', e is not distinct from f, g is unknown from t",
                "(select 1) union (select 2) except all select 3 order by 1 offset 2;",
                "select 1 from t sort by a",
                "select 1 from t distribute by a sort by b",
                "table t",
                "values 1, 2",
                "select interval from t where date = timestamp",
            })
    void accepts(String sql) {
        plan(sql);
    }

    @Test
    void readsLongChainsAndDeepNestingWithoutOverflow() {
        plan("select " + "a + ".repeat(20_000) + "a");
        plan("select " + "(".repeat(2_000) + "a" + ")".repeat(2_000));
        plan("select * from t where " + "a = 1 or ".repeat(20_000) + "b");
        plan("select 1" + " union all select 1".repeat(3_000));
    }

    @Test
    void readsColumnListsInBothForms() {
        DataType expected =
                new StructType(
                        List.of(
                                new StructField("a", AtomicType.INTEGER, true),
                                new StructField(
                                        "b",
                                        io.troupe.planner.type.StringType.STRING,
                                        false,
                                        "{\"comment\":\"x\"}")));
        assertEquals(expected, SqlParser.parseTableSchema("a INT, b STRING NOT NULL COMMENT 'x'"));
        assertEquals(
                AtomicType.INTEGER,
                SqlParser.parseTableSchema("a: int").fields().getFirst().type());
        assertEquals("array<struct<>>", SqlParser.parseDataType("array<struct<>>").simpleString());
    }

    @Test
    void replacesParametersByTheirValues() {
        Parameters parameters =
                new Parameters(
                        Map.of("t", new ParsedExpression.Constant(Literal.of("db.x"))), List.of());
        var query =
                (Statement.Query)
                        SqlParser.parseStatement(
                                "table identifier(:t)", ParserSettings.DEFAULT, parameters);
        assertEquals(new ParsedPlan.Table(List.of("db", "x"), Map.of()), bare(query.plan()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e99999999999",
                "1e-99999999999D",
                "1e99999999999BD",
                "1e999999999BD",
                "1e-99BD",
                "1e50BD"
            })
    void refusesNumbersBeyondAllTypes(String number) {
        TroupeException error = refused("select " + number);
        assertTrue(
                Set.of("_LEGACY_ERROR_TEMP_0060", "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION")
                        .contains(error.condition()),
                error.condition());
    }

    @Test
    void takesZerosWithLargeExponents() {
        assertEquals(BigDecimal.ZERO, literal("0e999999999BD").value());
    }
}
