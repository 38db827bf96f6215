package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.id;
import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.catalog.CatalogEntry;
import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.catalog.ViewCatalog;
import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.LocalData;
import io.troupe.planner.logical.LocalTable;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.OneRow;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Range;
import io.troupe.planner.logical.Scan;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What queries read: files, tables, views, common tables, table functions, uploaded data.
final class Relations {
    private static final Set<String> FILE_FORMATS =
            Set.of("parquet", "csv", "json", "text", "orc", "binaryfile");

    private final QueryAnalyzer query;

    Relations(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan analyze(ParsedPlan parsed) {
        return switch (parsed) {
            case ParsedPlan.Read read ->
                    scan(
                            query.context()
                                    .sources()
                                    .open(
                                            read.format(),
                                            read.paths(),
                                            read.options(),
                                            read.schema()),
                            List.of());
            case ParsedPlan.Table table -> table(table);
            case ParsedPlan.Numbers numbers ->
                    range(numbers.start(), numbers.end(), numbers.step(), numbers.partitions());
            case ParsedPlan.Uploaded uploaded -> uploaded(uploaded);
            case ParsedPlan.TableFunction function -> tableFunction(function);
            default -> throw new IllegalArgumentException("not a relation: " + parsed);
        };
    }

    private LogicalPlan scan(FileRelation relation, List<String> qualifier) {
        List<Attribute> output = new ArrayList<>();
        Set<String> partitions =
                relation.partitionSchema().fields().stream()
                        .map(field -> field.name().toLowerCase(Locale.ROOT))
                        .collect(java.util.stream.Collectors.toSet());
        relation.dataSchema().fields().stream()
                .filter(field -> !partitions.contains(field.name().toLowerCase(Locale.ROOT)))
                .forEach(field -> output.add(attribute(field, qualifier)));
        relation.partitionSchema()
                .fields()
                .forEach(field -> output.add(attribute(field, qualifier)));
        return new Scan(relation, output, List.of());
    }

    private Attribute attribute(StructField field, List<String> qualifier) {
        return new Attribute(
                query.ids().next(), field.name(), field.type(), true, qualifier, field.metadata());
    }

    private LogicalPlan table(ParsedPlan.Table table) {
        List<String> name = table.name();
        if (name.size() == 1) {
            LogicalPlan common = query.tables().reference(name.getFirst(), query);
            if (common != null) {
                return common;
            }
        }
        CatalogEntry entry = query.context().catalog().lookup(name);
        if (entry == null
                && name.size() == 2
                && FILE_FORMATS.contains(name.getFirst().toLowerCase(Locale.ROOT))) {
            String format = name.getFirst().toLowerCase(Locale.ROOT);
            return scan(
                    query.context()
                            .sources()
                            .open(
                                    format,
                                    List.of(name.get(1)),
                                    new HashMap<>(table.options()),
                                    null),
                    List.of());
        }
        return switch (entry) {
            case null ->
                    throw AnalysisErrors.tableNotFound(
                            name, query.context().catalog().currentDatabase());
            case CatalogEntry.TemporaryView view -> view(view, name);
            case CatalogEntry.StoredView view -> storedView(view);
            case CatalogEntry.StoredTable stored -> stored(stored, table.options());
        };
    }

    /// The view's query in its own database, with the columns that it had when it was made.
    private LogicalPlan storedView(CatalogEntry.StoredView view) {
        ViewCatalog catalog = new ViewCatalog(query.context().catalog(), view.qualifier().get(1));
        LogicalPlan plan =
                new QueryAnalyzer(
                                query.context().withText(view.text()).withCatalog(catalog),
                                null,
                                CommonTables.NONE)
                        .analyze(query.context().sql().query(view.text()));
        List<Named> columns = new ArrayList<>();
        for (int i = 0; i < view.columns().size(); i++) {
            Attribute column = column(view, plan.output(), i);
            columns.add(
                    new Named(
                            new Attribute(
                                    query.ids().next(),
                                    view.columns().get(i),
                                    column.type(),
                                    column.nullable(),
                                    view.qualifier(),
                                    column.metadata()),
                            column));
        }
        return new Project(plan, columns);
    }

    /// By name where the name is unique, else by position.
    private static Attribute column(
            CatalogEntry.StoredView view, List<Attribute> found, int position) {
        String name = view.queryColumns().get(position);
        List<Attribute> named =
                found.stream().filter(one -> one.name().equalsIgnoreCase(name)).toList();
        if (named.size() == 1) {
            return named.getFirst();
        }
        if (found.size() == view.columns().size()
                && found.get(position).name().equalsIgnoreCase(name)) {
            return found.get(position);
        }
        throw AnalysisErrors.incompatibleView(view.qualifier(), name, named.size());
    }

    private LogicalPlan view(CatalogEntry.TemporaryView view, List<String> name) {
        LogicalPlan plan = FreshIds.all((LogicalPlan) view.plan(), query.ids());
        return ColumnEdits.qualified(
                plan, name.size() == 1 ? view.qualifier() : name, List.of(), query);
    }

    private LogicalPlan stored(CatalogEntry.StoredTable table, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(table.options());
        all.putAll(options);
        FileRelation relation =
                query.context()
                        .sources()
                        .open(table.format(), List.of(table.location()), all, table.schema());
        return scan(relation, table.qualifier());
    }

    private LogicalPlan range(long start, long end, long step, int partitions) {
        if (step == 0) {
            throw new io.troupe.planner.error.TroupeException(
                    io.troupe.planner.error.TroupeException.Kind.IllegalArgumentException,
                    "INVALID_RANGE_STEP",
                    "22023",
                    "the step of range cannot be 0",
                    Map.of());
        }
        return new Range(
                start,
                end,
                step,
                partitions,
                List.of(query.ids().attribute("id", AtomicType.LONG, false)));
    }

    private LogicalPlan uploaded(ParsedPlan.Uploaded uploaded) {
        List<Attribute> output = new ArrayList<>();
        for (StructField field : uploaded.schema().fields()) {
            output.add(
                    new Attribute(
                            query.ids().next(),
                            field.name(),
                            field.type(),
                            field.nullable(),
                            List.of(),
                            field.metadata()));
        }
        return new LocalData(output, new LocalTable.ArrowStream(uploaded.arrow(), uploaded.rows()));
    }

    private LogicalPlan tableFunction(ParsedPlan.TableFunction function) {
        String name = FunctionAnalyzer.simpleName(function.name());
        if ("range".equals(name)) {
            return rangeFunction(function.arguments());
        }
        if (GeneratorFunctions.handles(name)) {
            Extraction extraction = query.extraction();
            ExpressionAnalyzer analyzer =
                    new ExpressionAnalyzer(query, Scope.empty(query.outer()), extraction);
            Extraction.Generated generated =
                    new GeneratorFunctions(analyzer)
                            .generate(name, function.arguments(), List.of());
            LogicalPlan plan = extraction.withGenerators(new OneRow(), UnaryOperator.identity());
            return new Project(
                    plan,
                    generated.columns().stream()
                            .map(io.troupe.planner.expression.Named::of)
                            .toList());
        }
        PythonFunction python = name == null ? null : query.context().catalog().function(name);
        if (python != null) {
            if (!PythonTables.isTableFunction(python)) {
                throw Conditions.analysis(
                        "NOT_A_TABLE_FUNCTION", "functionName", id(function.name()));
            }
            return new PythonTables(query)
                    .analyze(
                            new ParsedPlan.PythonTableFunction(
                                    python, function.arguments(), function.tables()));
        }
        throw Conditions.analysis(
                "UNRESOLVABLE_TABLE_VALUED_FUNCTION", "name", id(function.name()));
    }

    private LogicalPlan rangeFunction(List<ParsedExpression> arguments) {
        if (arguments.isEmpty() || arguments.size() > 4) {
            throw io.troupe.planner.function.FunctionErrors.wrongCount(
                    "range", "[1, 2, 3, 4]", arguments.size());
        }
        List<Long> values = new ArrayList<>();
        ExpressionAnalyzer analyzer =
                new ExpressionAnalyzer(query, Scope.empty(query.outer()), query.extraction());
        for (int i = 0; i < arguments.size(); i++) {
            Typed argument = analyzer.resolve(arguments.get(i));
            Expression number =
                    io.troupe.planner.function.Coercion.cast(
                            argument.expression(), AtomicType.LONG, query.dialect());
            Long value = LimitAnalyzer.constant(Constants.fold(number));
            if (value == null) {
                throw Conditions.analysis(
                        "UNEXPECTED_INPUT_TYPE",
                        "functionName",
                        id("range"),
                        "paramIndex",
                        io.troupe.planner.function.FunctionErrors.ordinal(i),
                        "requiredType",
                        quoted("BIGINT"),
                        "inputSql",
                        quoted(argument.text()),
                        "inputType",
                        quoted(argument.type().sql()));
            }
            values.add(value);
        }
        if (values.size() > 2 && values.get(2) == 0) {
            throw Conditions.analysis("FAILED_FUNCTION_CALL", "funcName", id("range"));
        }
        return switch (values.size()) {
            case 1 -> range(0, values.get(0), 1, 0);
            case 2 -> range(values.get(0), values.get(1), 1, 0);
            case 3 -> range(values.get(0), values.get(1), values.get(2), 0);
            default -> range(values.get(0), values.get(1), values.get(2), values.get(3).intValue());
        };
    }

    /// The schema of a plan's output.
    static StructType schema(LogicalPlan plan) {
        return new StructType(
                plan.output().stream()
                        .map(column ->
                                new StructField(
                                        column.name(),
                                        column.type(),
                                        column.nullable(),
                                        column.metadata()))
                        .toList());
    }
}
