package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.id;
import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.function.Typed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/// Errors about names and clauses, with Spark's conditions and suggestions.
final class AnalysisErrors {
    private static final int SUGGESTIONS = 5;

    private AnalysisErrors() {}

    static TroupeException unresolvedColumn(List<String> name, List<Attribute> candidates) {
        String shown = id(name);
        if (candidates.isEmpty()) {
            return Conditions.analysis("UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "objectName", shown);
        }
        return Conditions.analysis(
                "UNRESOLVED_COLUMN.WITH_SUGGESTION",
                "objectName",
                shown,
                "proposal",
                proposal(name, candidates));
    }

    /// The nearest names first (by edit distance, then alphabetically), qualified as far as the
    /// user qualified.
    static String proposal(List<String> name, List<Attribute> candidates) {
        LinkedHashSet<List<String>> names = new LinkedHashSet<>();
        boolean oneQualifier =
                candidates.stream().map(Attribute::qualifier).distinct().count() == 1;
        for (Attribute candidate : candidates) {
            List<String> full = new ArrayList<>(candidate.qualifier());
            full.add(candidate.name());
            int parts =
                    name.size() == 1 && oneQualifier
                            ? 1
                            : oneQualifier ? Math.min(name.size(), full.size()) : full.size();
            names.add(full.subList(Math.max(0, full.size() - Math.max(1, parts)), full.size()));
        }
        String wanted = String.join(".", name);
        List<List<String>> sorted = new ArrayList<>(names);
        sorted.sort(
                Comparator.<List<String>>comparingInt(candidate -> distance(id(candidate), wanted))
                        .thenComparing(candidate -> String.join(".", candidate)));
        return sorted.stream()
                .limit(SUGGESTIONS)
                .map(Conditions::id)
                .collect(Collectors.joining(", "));
    }

    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }

    static TroupeException ambiguous(List<String> name, List<Attribute> matches) {
        String references =
                matches.stream()
                        .map(match -> {
                            List<String> full = new ArrayList<>(match.qualifier());
                            full.add(match.name());
                            return id(full);
                        })
                        .collect(Collectors.joining(", ", "[", "]"));
        return Conditions.analysis(
                "AMBIGUOUS_REFERENCE", "name", id(name), "referenceNames", references);
    }

    static TroupeException unresolvedRoutine(List<String> name, String database) {
        return Conditions.analysis(
                "UNRESOLVED_ROUTINE", "routineName", id(name), "searchPath", searchPath(database));
    }

    static String searchPath(String database) {
        return "[`system`.`builtin`, `system`.`session`, `spark_catalog`." + id(database) + "]";
    }

    static TroupeException tableNotFound(List<String> name, String database) {
        return Conditions.analysis(
                "TABLE_OR_VIEW_NOT_FOUND",
                "relationName",
                id(name),
                "searchPath",
                searchPath(database));
    }

    static TroupeException missingAggregation(String text) {
        return Conditions.analysis(
                "MISSING_AGGREGATION",
                "expression",
                quoted(text),
                "expressionAnyValue",
                quoted("any_value(" + text + ")"));
    }

    static TroupeException columnCounts(String operator, int first, int other, int ordinal) {
        return Conditions.analysis(
                "NUM_COLUMNS_MISMATCH",
                "operator",
                operator,
                "firstNumColumns",
                Integer.toString(first),
                "invalidOrdinalNum",
                io.troupe.planner.function.FunctionErrors.ordinal(ordinal),
                "invalidNumColumns",
                Integer.toString(other));
    }

    static TroupeException unsupportedSubquery(String category, String parameter, String value) {
        return Conditions.analysis(
                "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY." + category, parameter, value);
    }

    /// A view's query no longer gives a column that the view has.
    static TroupeException incompatibleView(List<String> view, String column, int found) {
        String name = Conditions.id(view);
        return TroupeException.analysis(
                "INCOMPATIBLE_VIEW_SCHEMA_CHANGE",
                "51024",
                "The SQL query of view "
                        + name
                        + " has an incompatible schema change and column "
                        + Conditions.id(column)
                        + " cannot be resolved. Expected 1 columns named "
                        + Conditions.id(column)
                        + " but got "
                        + found
                        + ".\nPlease try to re-create the view.",
                java.util.Map.of("viewName", name, "colName", column));
    }

    static RuntimeException notBoolean(Typed condition) {
        return Conditions.analysis(
                "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
                "sqlExpr",
                quoted(condition.text()),
                "filter",
                quoted(condition.text()),
                "type",
                quoted(condition.type().sql()));
    }
}
