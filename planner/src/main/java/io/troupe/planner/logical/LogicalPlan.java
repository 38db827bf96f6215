package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.QueryPlan;
import java.util.List;

/// A resolved relational operator. Immutable. Columns are found by attribute id; names matter only
/// at the root and in messages.
public sealed interface LogicalPlan extends QueryPlan
        permits Scan,
                LocalData,
                Range,
                OneRow,
                CachedData,
                Project,
                Filter,
                Aggregation,
                Join,
                Sort,
                Limit,
                Tail,
                Union,
                SetOperation,
                Distinct,
                Window,
                Expand,
                Generate,
                Sample,
                Repartition,
                WithCommonTable,
                CommonTableScan,
                RecursiveTable,
                PythonMap,
                PythonGroupMap,
                PythonCogroupMap,
                Observe,
                Hinted {
    @Override
    List<Attribute> output();

    List<LogicalPlan> children();

    /// The same operator over other children, given in the order of [#children()].
    LogicalPlan withChildren(List<LogicalPlan> children);
}
