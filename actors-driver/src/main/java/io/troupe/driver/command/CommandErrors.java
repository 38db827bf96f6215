package io.troupe.driver.command;

import static io.troupe.planner.error.TroupeException.analysis;

import io.troupe.planner.error.TroupeException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The errors of commands, in Spark's words.
final class CommandErrors {
    private CommandErrors() {}

    static String quoted(List<String> name) {
        return name.stream()
                .map(part -> "`" + part.replace("`", "``") + "`")
                .collect(Collectors.joining("."));
    }

    static String quoted(String name) {
        return quoted(List.of(name));
    }

    static TroupeException noTable(List<String> name, String currentDatabase) {
        return analysis(
                "TABLE_OR_VIEW_NOT_FOUND",
                "42P01",
                "The table or view "
                        + quoted(name)
                        + " cannot be found. Verify the spelling and correctness of the schema and catalog.\n"
                        + "Search path: [`spark_catalog`."
                        + quoted(currentDatabase)
                        + "].\n"
                        + "If you did not qualify the name with a schema, verify the current_schema() output, or qualify the name with the correct"
                        + " schema and catalog.\nTo tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS.",
                Map.of(
                        "relationName",
                        quoted(name),
                        "searchPath",
                        "[`spark_catalog`." + quoted(currentDatabase) + "]"));
    }

    static TroupeException tableExists(List<String> name) {
        return analysis(
                "TABLE_OR_VIEW_ALREADY_EXISTS",
                "42P07",
                "Cannot create table or view "
                        + quoted(name)
                        + " because it already exists.\nChoose a different name, drop or replace the existing"
                        + " object, or add the IF NOT EXISTS clause to tolerate pre-existing objects.",
                Map.of("relationName", quoted(name)));
    }

    static TroupeException temporaryViewExists(String name) {
        return analysis(
                "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
                "42P07",
                "Cannot create the temporary view "
                        + quoted(name)
                        + " because it already exists.\nChoose a different name, drop or replace the"
                        + " existing view.",
                Map.of("relationName", quoted(name)));
    }

    static TroupeException noDatabase(String name) {
        String shown = "`spark_catalog`." + quoted(name);
        return analysis(
                "SCHEMA_NOT_FOUND",
                "42704",
                "The schema "
                        + shown
                        + " cannot be found. Verify the spelling and correctness of the schema and catalog.\nIf you did not qualify the"
                        + " name with a catalog, verify the current_schema() output, or qualify the name with the correct catalog.\nTo tolerate the"
                        + " error on drop use DROP SCHEMA IF EXISTS.",
                Map.of("schemaName", shown));
    }

    static TroupeException databaseExists(String name) {
        return analysis(
                "SCHEMA_ALREADY_EXISTS",
                "42P06",
                "Cannot create schema "
                        + quoted(name)
                        + " because it already exists.\nChoose a different name, drop the existing schema, or add the"
                        + " IF NOT EXISTS clause to tolerate pre-existing schema.",
                Map.of("schemaName", quoted(name)));
    }

    static TroupeException wrongKind(
            String operation, String required, List<String> name, String found, String remedy) {
        String shown = String.join(".", name);
        return analysis(
                "WRONG_COMMAND_FOR_OBJECT_TYPE",
                "42809",
                "The operation "
                        + operation
                        + " requires a "
                        + required
                        + ". But "
                        + shown
                        + " is a "
                        + found
                        + ". "
                        + remedy,
                Map.of(
                        "operation",
                        operation,
                        "requiredType",
                        required,
                        "objectName",
                        shown,
                        "foundType",
                        found,
                        "alternative",
                        remedy));
    }

    static TroupeException noTableOperation(List<String> name, String operation) {
        return analysis(
                "UNSUPPORTED_FEATURE.TABLE_OPERATION",
                "0A000",
                "The feature is not supported: Table "
                        + quoted(name)
                        + " does not support "
                        + operation
                        + ". Please check the current catalog and"
                        + " namespace to make sure the qualified table name is expected, and also check the catalog implementation which is configured"
                        + " by \"spark.sql.catalog\".",
                Map.of("tableName", quoted(name), "operation", operation));
    }

    static TroupeException noColumn(String column, List<String> known) {
        String proposal =
                known.stream().map(CommandErrors::quoted).collect(Collectors.joining(", "));
        return analysis(
                "UNRESOLVED_COLUMN.WITH_SUGGESTION",
                "42703",
                "A column, variable, or function parameter with name "
                        + quoted(column)
                        + " cannot be resolved. Did you mean one of the following? ["
                        + proposal
                        + "].",
                Map.of("objectName", quoted(column), "proposal", proposal));
    }

    static TroupeException columnExists(String column, List<String> known) {
        String names =
                known.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
        return analysis(
                "FIELD_ALREADY_EXISTS",
                "42710",
                "Cannot add column, because "
                        + quoted(column)
                        + " already exists in \"STRUCT<"
                        + names
                        + ">\".",
                Map.of("op", "add", "fieldNames", quoted(column), "struct", names));
    }

    static TroupeException noFormat(String format) {
        return new TroupeException(
                TroupeException.Kind.AnalysisException,
                "DATA_SOURCE_NOT_FOUND",
                "42K02",
                "Failed to find the data source: "
                        + format
                        + ". Make sure the provider name is correct and the package is properly registered and"
                        + " compatible with your Spark version.",
                Map.of("provider", format));
    }

    static TroupeException locationTaken(String location, List<String> name) {
        return new TroupeException(
                TroupeException.Kind.SparkRuntimeException,
                "LOCATION_ALREADY_EXISTS",
                "42710",
                "Cannot name the managed table as "
                        + quoted(name)
                        + ", as its associated location '"
                        + location
                        + "' already exists. Please pick a different table name, or remove the existing location first.",
                Map.of("location", location, "identifier", quoted(name)));
    }

    static TroupeException noVariable(List<String> name) {
        String shown = quoted(name);
        return analysis(
                "UNRESOLVED_VARIABLE",
                "42883",
                "Cannot resolve variable "
                        + shown
                        + " on search path [`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`].",
                Map.of(
                        "variableName",
                        shown,
                        "searchPath",
                        "[`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`]"));
    }

    static TroupeException noRoutine(List<String> name) {
        return analysis(
                "ROUTINE_NOT_FOUND",
                "42883",
                "The routine "
                        + quoted(name)
                        + " cannot be found. Verify the spelling and correctness of the schema and catalog.\nIf you did not"
                        + " qualify the name with a schema and catalog, verify the current_schema() output, or qualify the name with the correct schema"
                        + " and catalog.\nTo tolerate the error on drop use DROP ... IF EXISTS.",
                Map.of("routineName", quoted(name)));
    }
}
