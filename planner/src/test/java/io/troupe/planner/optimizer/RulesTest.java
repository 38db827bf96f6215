package io.troupe.planner.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.planner.optimizer.rule.AggregateBeforeJoin;
import io.troupe.planner.optimizer.rule.AntiJoinForNullCheck;
import io.troupe.planner.optimizer.rule.CollapseProjects;
import io.troupe.planner.optimizer.rule.ExpandDistinctAggregates;
import io.troupe.planner.optimizer.rule.InlineCommonTables;
import io.troupe.planner.optimizer.rule.PruneColumns;
import io.troupe.planner.optimizer.rule.PushDownFilters;
import io.troupe.planner.optimizer.rule.PushDownSemiJoins;
import io.troupe.planner.optimizer.rule.ReduceBySemiJoin;
import io.troupe.planner.optimizer.rule.ReorderJoins;
import io.troupe.planner.optimizer.rule.ReplaceSetOperations;
import io.troupe.planner.optimizer.rule.Rule;
import io.troupe.planner.optimizer.rule.ShareEqualPlans;
import io.troupe.planner.optimizer.rule.UniqueColumns;
import io.troupe.planner.optimizer.rule.UnnestSubqueries;
import org.junit.jupiter.api.Test;

/// For each rule a plan in which it fires, and one in which it must not.
class RulesTest {
    private final RuleFixture plans = new RuleFixture();
    private final Rule unique = new UniqueColumns();
    private final Rule unnest = new UnnestSubqueries();
    private final Rule push = new PushDownFilters();

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    @Test
    void pushesAFilterIntoTheScanBelowAnInnerJoin() {
        String plan =
                plans.after(
                        "select f.v from fact f join dim on f.k = dim.k where dim.k > 5L",
                        unique,
                        push);
        assertEquals(2, count(plan, "filters: [(k > 5)]"), plan);
    }

    @Test
    void keepsAFilterOnThePaddedSideAboveAnOuterJoin() {
        String plan =
                plans.after(
                        "select f.v from fact f left join dim on f.k = dim.k where dim.v is null",
                        unique,
                        push);
        assertTrue(plan.contains("Filter isnull(v)") && plan.contains("Join LEFT,"), plan);
    }

    @Test
    void strengthensAnOuterJoinUnderAConditionThatNoPaddedRowMeets() {
        String sql = "select 1 from fact f left join dim on f.k = dim.k where %s";
        assertTrue(plans.after(sql.formatted("dim.v > 1"), unique, push).contains("Join INNER"));
        assertTrue(
                plans.after(
                                sql.formatted(
                                        "f.v > case when dim.k is null then null else dim.v end"),
                                unique,
                                push)
                        .contains("Join INNER"));
        assertTrue(
                plans.after(
                                sql.formatted(
                                        "f.v > case when dim.k is null then 0 else dim.v end"),
                                unique,
                                push)
                        .contains("Join LEFT"));
    }

    @Test
    void infersAFilterForTheSideThatAnOuterJoinPads() {
        String sql = "select 1 from fact f left join mid on f.k %s mid.k where f.k = 7L";
        assertEquals(2, count(plans.after(sql.formatted("="), unique, push), "(k = 7)"));
        assertEquals(1, count(plans.after(sql.formatted("<"), unique, push), "(k = 7)"));
    }

    @Test
    void turnsANullCheckOnAJoinKeyIntoAnAntiJoin() {
        Rule anti = new AntiJoinForNullCheck();
        String sql =
                "select f.k, mid.v from fact f left join mid on f.k = mid.k where mid.%s is null";
        String fired = plans.after(sql.formatted("k"), unique, push, anti);
        assertTrue(fired.contains("LEFT_ANTI") && fired.contains("null AS v"), fired);
        assertTrue(plans.after(sql.formatted("w"), unique, push, anti).contains("LEFT_ANTI"));
        assertTrue(plans.after(sql.formatted("v"), unique, push, anti).contains("Join LEFT,"));
    }

    @Test
    void joinsTheSelectiveTablesFirst() {
        String sql =
                "select 1 from fact f join mid on f.k = mid.k join dim on mid.d = dim.d where dim.v = 1";
        String plan = plans.after(sql, unique, push, new ReorderJoins());
        assertTrue(plan.indexOf("(k = k)") < plan.indexOf("(d = d)"), plan);
    }

    @Test
    void joinsColumnsThatAreEqualThroughAThird() {
        String sql =
                "select 1 from fact f join mid on f.k = mid.k join dim on dim.k = f.k where dim.v = 1 and mid.v = 1";
        String plan = plans.after(sql, unique, push, new ReorderJoins());
        String smaller = plan.substring(plan.lastIndexOf("Join INNER, (k = k)"));
        assertFalse(smaller.contains("Scan parquet [k, d, v, w]\n"), plan);
    }

    @Test
    void leavesTheOrderOfTwoInputsAlone() {
        String sql = "select 1 from fact f join dim on f.k = dim.k";
        assertEquals(plans.after(sql, unique), plans.after(sql, unique, new ReorderJoins()));
    }

    @Test
    void pushesASemiJoinBelowAJoinThatMultipliesRows() {
        Rule semi = new PushDownSemiJoins();
        String sql =
                "select 1 from (select m.k, m.d from %s m join fact f on f.k = m.k) j where j.d in (select d from dim where v = 1)";
        String fired = plans.after(sql.formatted("mid"), unique, unnest, push, semi);
        assertTrue(fired.indexOf("LEFT_SEMI") > fired.indexOf("INNER"), fired);
        String weak =
                "select 1 from (select f.k, f.d from fact f join dim on f.k = dim.k) j where j.d in (select d from mid)";
        String kept = plans.after(weak, unique, unnest, push, semi);
        assertTrue(kept.indexOf("LEFT_SEMI") < kept.indexOf("INNER"), kept);
    }

    @Test
    void reducesAnAggregationByTheFewKeysItIsJoinedWith() {
        Rule reduce = new ReduceBySemiJoin();
        String sql =
                "select 1 from %s s join (select k, sum(v) v from fact group by k) a on s.k = a.k where s.v = 3";
        String fired = plans.after(sql.formatted("dim"), unique, push, reduce);
        assertTrue(
                fired.startsWith("WithCommonTable", fired.indexOf("WithCommonTable"))
                        && fired.indexOf("LEFT_SEMI") > fired.indexOf("Aggregation"),
                fired);
        assertFalse(
                plans.after(
                                "select 1 from fact s join (select k, sum(v) v from mid group by k) a on s.k = a.k",
                                unique,
                                push,
                                reduce)
                        .contains("LEFT_SEMI"));
    }

    @Test
    void reducesNoAggregationWhoseUnmatchedGroupsComeOut() {
        String sql =
                "select 1 from dim s right join (select k, sum(v) v from fact group by k) a on s.k = a.k";
        assertFalse(plans.after(sql, unique, push, new ReduceBySemiJoin()).contains("LEFT_SEMI"));
        String notIn = "select k from dim where k not in (select k from fact)";
        assertFalse(
                plans.after(notIn, unique, unnest, push, new ReduceBySemiJoin())
                        .contains("LEFT_SEMI"));
    }

    @Test
    void reducesTheTableOfAnAntiJoin() {
        String sql =
                "select k from dim where v = 1 and not exists (select 1 from fact where fact.k = dim.k and fact.v <> dim.v)";
        String plan = plans.after(sql, unique, unnest, push, new ReduceBySemiJoin());
        assertTrue(plan.contains("LEFT_ANTI") && plan.contains("LEFT_SEMI"), plan);
    }

    private String shared(String sql) {
        return plans.after(sql, unique, unnest, push, new ShareEqualPlans());
    }

    @Test
    void computesEqualJoinsAndAggregationsOnce() {
        String join = "from fact f join dim d on f.k = d.k where d.v = 1 and f.v < 5";
        String plan =
                shared(
                        "select f.d, sum(f.v) "
                                + join
                                + " group by f.d having sum(f.v) > (select avg(f.w) "
                                + join
                                + ")");
        assertEquals(2, count(plan, "CommonTableScan"), plan);
        assertEquals(2, count(plan, "Scan parquet"), plan);
        String groups = "(select d, max(v) m from fact where w = 1 group by d)";
        String twice =
                shared("select a.m from " + groups + " a join " + groups + " b on a.d = b.m");
        assertEquals(2, count(twice, "CommonTableScan"), twice);
    }

    @Test
    void computesTwiceWhatDiffersOrIsNoLessThanItsInput() {
        String groups = "(select d, %s m from fact where w = %s group by d)";
        for (String second :
                new String[] {
                    groups.formatted("max(v)", "2"),
                    groups.formatted("min(v)", "1"),
                    groups.formatted("max(k)", "1"),
                    "(select v as d, max(d) m from fact where w = 1 group by v)"
                }) {
            String plan =
                    shared(
                            "select a.m from "
                                    + groups.formatted("max(v)", "1")
                                    + " a join "
                                    + second
                                    + " b on a.d = b.m");
            assertFalse(plan.contains("CommonTableScan"), plan);
        }
        String wide = "(select f.k, m.v from fact f join mid m on f.k = m.k)";
        String all = shared("select a.v from " + wide + " a join " + wide + " b on a.k = b.v");
        assertFalse(all.contains("CommonTableScan"), all);
        String random = "(select d, max(rand()) m from fact group by d)";
        assertFalse(
                shared("select a.m from " + random + " a join " + random + " b on a.d = b.d")
                        .contains("CommonTableScan"));
    }

    private String aggregatedBeforeJoin(String sql) {
        return plans.after(
                sql,
                unique,
                push,
                new PruneColumns(),
                new CollapseProjects(),
                new AggregateBeforeJoin());
    }

    @Test
    void aggregatesTheTableThatPadsAnOuterJoinBeforeTheJoin() {
        String plan =
                aggregatedBeforeJoin(
                        "select m.k, count(f.v), max(f.w) from mid m left join fact f on m.k = f.k and f.v <> 3 group by m.k");
        assertEquals(2, count(plan, "Aggregation"), plan);
        assertTrue(plan.lastIndexOf("Aggregation") > plan.indexOf("Join LEFT"), plan);
        assertTrue(plan.contains("coalesce(merged, 0)"), plan);
        String right =
                aggregatedBeforeJoin(
                        "select m.d, min(f.v) from fact f right join mid m on m.k = f.k group by m.d");
        assertTrue(right.lastIndexOf("Aggregation") > right.indexOf("Join RIGHT"), right);
    }

    @Test
    void aggregatesAfterTheJoinWhereThatSavesNothingOrIsNotTheSame() {
        for (String sql :
                new String[] {
                    "select m.k, count(*) from mid m left join fact f on m.k = f.k group by m.k",
                    "select m.k, sum(f.v) from mid m left join fact f on m.k = f.k group by m.k",
                    "select m.k, count(m.v) from mid m left join fact f on m.k = f.k group by m.k",
                    "select m.k, count(distinct f.v) from mid m left join fact f on m.k = f.k group by m.k",
                    "select m.k, count(f.v) from mid m join fact f on m.k = f.k group by m.k",
                    "select m.k, count(f.v) from mid m left join fact f on m.k = f.k and m.v < f.d group by m.k",
                    "select f.k, count(m.v) from fact f left join mid m on m.k = f.k group by f.k"
                }) {
            String plan = aggregatedBeforeJoin(sql);
            assertEquals(1, count(plan, "Aggregation"), sql + "\n" + plan);
        }
    }

    @Test
    void prunesColumnsOfATableThatSeveralPlacesRead() {
        String sql =
                "with t as (select k, d, v, w from fact where v > 1 group by all) select a.k from t a join t b on a.k = b.k";
        String plan = plans.after(sql, unique, new InlineCommonTables(), new PruneColumns());
        assertEquals(2, count(plan, "CommonTableScan [k]"), plan);
    }

    @Test
    void keepsAllColumnsThatARecursionReads() {
        String sql =
                "with recursive r as (select 1 as a, 2 as b union all select a + 1, b from r where a < 3) select a from r";
        String plan = plans.after(sql, unique, new PruneColumns());
        assertTrue(plan.contains("CommonTableScan [a, b]"), plan);
    }

    @Test
    void inlinesACommonTableThatIsReadOnceAndBindsACostlyOneThatIsReadTwice() {
        Rule inline = new InlineCommonTables();
        String once = "with t as (select k, sum(v) v from fact group by k) select * from t";
        assertFalse(plans.after(once, unique, inline).contains("WithCommonTable"));
        String twice =
                "with t as (select k, sum(v) v from fact group by k) select * from t a join t b on a.k = b.k";
        assertTrue(plans.after(twice, unique, inline).contains("WithCommonTable"));
    }

    @Test
    void bindsACommonTableThatIsOtherEachTimeAndInlinesACheapOneThatIsNot() {
        Rule inline = new InlineCommonTables();
        String query =
                "with t as (select k, %s x from dim) select * from t union all select * from t";
        assertTrue(
                plans.after(query.formatted("rand()"), unique, inline).contains("WithCommonTable"));
        assertFalse(plans.after(query.formatted("v"), unique, inline).contains("WithCommonTable"));
    }

    @Test
    void bindsACommonTableOfACorrelatedQueryAroundWhatIsLeftOfIt() {
        String plan =
                plans.after(
                        "select (with t as (select k, sum(v) v from mid group by k) select max(a.v) from t a join t b on a.k = b.k where a.k = dim.k) from dim",
                        unique,
                        unnest);
        assertTrue(plan.contains("Join LEFT") && plan.contains("WithCommonTable"), plan);
    }

    @Test
    void mergesProjectionsUnlessAValueWouldBeComputedTwice() {
        Rule collapse = new CollapseProjects();
        String once = plans.after("select x + 1 from (select k + 1 as x from fact)", collapse);
        assertEquals(1, count(once, "Project"), once);
        String twice = plans.after("select x + x from (select k + 1 as x from fact)", collapse);
        assertEquals(2, count(twice, "Project"), twice);
    }

    @Test
    void replacesSetOperationsByJoins() {
        String plan =
                plans.after(
                        "select k from fact intersect select k from dim",
                        unique,
                        new ReplaceSetOperations());
        assertFalse(plan.contains("SetOperation"), plan);
    }

    @Test
    void expandsSeveralDistinctAggregatesAndLeavesPlainOnesAlone() {
        Rule expand = new ExpandDistinctAggregates();
        assertTrue(
                plans.after("select count(distinct k), count(distinct d) from fact", expand)
                        .contains("Expand"));
        assertFalse(plans.after("select count(k), sum(d) from fact", expand).contains("Expand"));
    }

    @Test
    void groupsRowsBeforeItMultipliesThemForGroupingSets() {
        String sql = "select d, v, %s from fact group by rollup(d, v)";
        String fired = plans.physical(sql.formatted("sum(w)"));
        assertTrue(
                fired.indexOf("MERGE") > 0 && fired.indexOf("PARTIAL") > fired.indexOf("Expand"),
                fired);
        assertFalse(plans.physical(sql.formatted("count(distinct w)")).contains("MERGE"));
    }
}
