package io.troupe.planner.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.RecursiveTable;
import io.troupe.planner.logical.Sort;
import io.troupe.planner.logical.Window;
import io.troupe.planner.logical.WithCommonTable;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyzerTest {
    private final AnalysisFixture session = new AnalysisFixture();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "i + 1 | (i + 1) int!",
                "i + 1.5 | (i + 1.5) decimal(12,1)!",
                "dec * dec | (dec * dec) decimal(21,4)",
                "dec / 3 | (dec / 3) decimal(14,6)",
                "i / 2 | (i / 2) double",
                "i div 2 | (i div 2) bigint",
                "dt + 1 | date_add(dt, 1) date",
                "dt - dt | (dt - dt) interval day",
                "ts + interval 1 hour | ts + INTERVAL '01' HOUR timestamp",
                "'5' * d | (5 * d) double",
                "cast(s as int) | s int",
                "cast(i + 1 as string) | CAST((i + 1) AS STRING) string!",
                "i between 1 and 2 | between(i, 1, 2) boolean!",
                "i <> 1 | (NOT (i = 1)) boolean!",
                "s like 'a%' | s LIKE a% boolean",
                "coalesce(i, l) | coalesce(i, l) bigint!",
                "nvl(l, 1) | nvl(l, 1) bigint!",
                "case when i > 1 then 'x' end | CASE WHEN (i > 1) THEN x END string",
                "substr(s, 1) | substr(s, 1, 2147483647) string",
                "count(*) | count(1) bigint!",
                "count(distinct i) | count(DISTINCT i) bigint!",
                "sum(dec) | sum(dec) decimal(20,2)",
                "avg(dec) | avg(dec) decimal(14,6)",
                "percentile(i, 0.5) | percentile(i, 0.5, 1) double",
            })
    void namesTypesAndNullsColumnsAsSparkDoes(String expression, String column) {
        assertEquals(column, session.schema("select " + expression + " from t"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "select nope from t | UNRESOLVED_COLUMN.WITH_SUGGESTION | 42703",
                "select t.i from t a | UNRESOLVED_COLUMN.WITH_SUGGESTION | 42703",
                "select i from t join u on t.i = u.i | AMBIGUOUS_REFERENCE | 42704",
                "select nofn(i) from t | UNRESOLVED_ROUTINE | 42883",
                "select upper(i, s) from t | WRONG_NUM_ARGS.WITHOUT_SUGGESTION | 42605",
                "select upper(arr) from n | DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE | 42K09",
                "select b + 1 from t | DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES | 42K09",
                "select cast(arr as int) from n | DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION | 42K09",
                "select cast(i as date) from t | DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION | 42K09",
                "select i, sum(l) from t | MISSING_GROUP_BY | 42803",
                "select l, sum(i) from t group by s | MISSING_AGGREGATION | 42803",
                "select sum(sum(i)) from t | NESTED_AGGREGATE_FUNCTION | 42607",
                "select i from t where sum(i) > 1 | INVALID_WHERE_CONDITION | 42903",
                "select i from t where row_number() over (order by i) = 1 | WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE | 42601",
                "select row_number() from t | WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE | 42601",
                "select * from nope | TABLE_OR_VIEW_NOT_FOUND | 42P01",
                "select i from t order by 3 | ORDER_BY_POS_OUT_OF_RANGE | 42805",
                "select i from t union select i, l from t | NUM_COLUMNS_MISMATCH | 42826",
                "select i from t union select arr from n | INCOMPATIBLE_COLUMN_TYPE | 42825",
                "select st.nope from n | FIELD_NOT_FOUND | 42704",
                "select i from t where i in (select i, x from u) | DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH | 42K09",
                "select (select i, x from u) from t | INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN | 42823",
            })
    void raisesSparksConditions(String query, String condition, String sqlState) {
        var error = session.error(query);
        assertEquals(condition, error.condition());
        assertEquals(sqlState, error.sqlState());
    }

    @Test
    void suggestsTheNearestNames() {
        String message = session.error("select x.i from t").getMessage();
        assertTrue(
                message.contains(
                        "Did you mean one of the following? [`t`.`i`, `t`.`b`, `t`.`d`, `t`.`l`, `t`.`s`]"),
                message);
    }

    @Test
    void pointsAtTheFailingPartOfTheText() {
        var error = session.error("select i,\n nope from t");
        assertEquals(2, error.query().line());
        assertEquals("nope", error.query().fragment());
    }

    @Test
    void sortsByColumnsThatTheSelectListLeavesOut() {
        LogicalPlan plan = session.sql("select s from t order by l + 1");
        assertEquals("s string", AnalysisFixture.schema(plan));
        assertTrue(Plans.exists(plan, Sort.class::isInstance));
    }

    @Test
    void sortsByAggregatesThatTheSelectListLeavesOut() {
        LogicalPlan plan =
                session.sql("select s from t group by s having count(*) > 1 order by max(l), s");
        Aggregation aggregation = find(plan, Aggregation.class);
        assertEquals(2, aggregation.aggregates().size());
        assertEquals("s string", AnalysisFixture.schema(plan));
    }

    @Test
    void computesHavingBelowWindows() {
        LogicalPlan plan =
                session.sql(
                        "select s, sum(count(*)) over () from t group by s having count(*) > 1");
        Window window = find(plan, Window.class);
        assertInstanceOf(Filter.class, window.child());
    }

    @Test
    void resolvesGroupingOrdinalsAliasesAndAll() {
        for (String grouping : new String[] {"1", "k", "all", "l + 1"}) {
            assertEquals(
                    "k bigint; n bigint!",
                    session.schema("select l + 1 as k, count(*) as n from t group by " + grouping));
        }
    }

    @Test
    void makesRolledUpGroupingsNullable() {
        assertEquals(
                "i int; g tinyint!; n bigint!",
                session.schema("select i, grouping(i) g, count(*) n from t group by rollup(i)"));
    }

    @Test
    void expandsCommonTablesOnceAndBindsThemWhenUsedTwice() {
        assertFalse(
                Plans.exists(
                        session.sql("with c as (select i from t) select * from c"),
                        WithCommonTable.class::isInstance));
        LogicalPlan twice =
                session.sql("with c as (select i from t) select * from c a join c b on a.i = b.i");
        assertInstanceOf(WithCommonTable.class, twice);
    }

    @Test
    void definesRecursiveTables() {
        LogicalPlan plan =
                session.sql(
                        "with recursive r(n) as (select 1 union all select n + 1 from r where n < 5) select n from r");
        assertTrue(Plans.exists(plan, RecursiveTable.class::isInstance));
        assertEquals("n int", AnalysisFixture.schema(plan));
    }

    @Test
    void keepsBothKeysOfUsingJoinsReachable() {
        assertEquals(
                "i int!; i int; x string",
                session.schema("select t.i, u.i, x from t left join u using (i)"));
        assertEquals("i int", session.schema("select i from t full join u using (i)"));
    }

    @Test
    void tellsTheSidesOfASelfJoinApart() {
        session.node(1, "{\"n\":\"table\",\"name\":\"t\"}");
        session.node(
                2,
                "{\"n\":\"filter\",\"child\":1,\"condition\":{\"e\":\"call\",\"fn\":\">\",\"args\":["
                        + "{\"e\":\"col\",\"name\":\"i\",\"plan\":1},{\"e\":\"lit\",\"value\":1,\"type\":\"int\"}]}}");
        LogicalPlan plan =
                session.node(
                        3,
                        "{\"n\":\"join\",\"left\":1,\"right\":2,\"how\":\"inner\",\"on\":{\"e\":\"call\",\"fn\":\"=\",\"args\":["
                                + "{\"e\":\"col\",\"name\":\"i\",\"plan\":1},{\"e\":\"col\",\"name\":\"i\",\"plan\":2}]}}");
        Join join = (Join) plan;
        assertEquals(JoinKind.INNER, join.kind());
        var read = io.troupe.planner.expression.Expressions.references(join.condition());
        assertEquals(2, read.size());
        assertEquals(plan.output().size(), new HashSet<>(plan.output()).size());
        LogicalPlan selected =
                session.node(
                        4,
                        "{\"n\":\"project\",\"child\":3,\"exprs\":[{\"e\":\"col\",\"name\":\"s\",\"plan\":2}]}");
        Attribute right = ((Project) selected).columns().getFirst().output();
        assertTrue(join.right().output().contains(right));
    }

    @Test
    void readsEveryClauseOfTheDataFrameProtocol() {
        session.node(1, "{\"n\":\"range\",\"end\":10}");
        session.node(
                2,
                "{\"n\":\"withColumns\",\"child\":1,\"names\":[\"k\"],\"exprs\":[{\"e\":\"call\",\"fn\":\"%\",\"args\":["
                        + "{\"e\":\"col\",\"name\":\"id\"},{\"e\":\"lit\",\"value\":3,\"type\":\"int\"}]}]}");
        LogicalPlan grouped =
                session.node(
                        3,
                        "{\"n\":\"aggregate\",\"child\":2,\"kind\":\"groupby\",\"grouping\":[{\"e\":\"col\",\"name\":\"k\"}],"
                                + "\"aggs\":[{\"e\":\"call\",\"fn\":\"sum\",\"args\":[{\"e\":\"col\",\"name\":\"id\"}]}]}");
        assertEquals("k bigint; sum(id) bigint", AnalysisFixture.schema(grouped));
        LogicalPlan sorted =
                session.node(
                        4,
                        "{\"n\":\"sort\",\"child\":3,\"orders\":[{\"e\":\"sort\",\"child\":{\"e\":\"col\",\"name\":\"k\"},\"asc\":false}]}");
        assertFalse(((Sort) sorted).orders().getFirst().nullsFirst());
        assertEquals(
                "k bigint",
                AnalysisFixture.schema(
                        session.node(
                                5,
                                "{\"n\":\"drop\",\"child\":4,\"exprs\":[{\"e\":\"col\",\"name\":\"sum(id)\"}]}")));
    }

    private static <T extends LogicalPlan> T find(LogicalPlan plan, Class<T> type) {
        if (type.isInstance(plan)) {
            return type.cast(plan);
        }
        for (LogicalPlan child : plan.children()) {
            T found = find(child, type);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
