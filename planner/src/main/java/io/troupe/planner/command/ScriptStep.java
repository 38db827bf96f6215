package io.troupe.planner.command;

import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.List;

/// A step of an SQL script. Labels are in lower case and null when there is none.
public sealed interface ScriptStep {
    /// `BEGIN … END`: a scope of variables. `conditions` are declared names with their SQLSTATEs.
    record Block(
            String label,
            List<ScriptStep> steps,
            List<Handler> handlers,
            java.util.Map<String, String> conditions)
            implements ScriptStep {}

    record Run(Command command) implements ScriptStep {}

    record Ask(ParsedPlan query) implements ScriptStep {}

    /// The first branch whose condition is true; IF and CASE.
    record Choice(List<Branch> branches, List<ScriptStep> otherwise) implements ScriptStep {}

    record Branch(ParsedExpression condition, String text, List<ScriptStep> steps) {}

    /// WHILE (`before`), REPEAT (`until`) and LOOP (neither): an absent condition is null.
    record Loop(String label, Branch before, List<ScriptStep> steps, Branch until)
            implements ScriptStep {}

    /// Runs the steps for each row, whose columns are variables; `variable` may be null.
    record ForEach(String label, String variable, ParsedPlan query, List<ScriptStep> steps)
            implements ScriptStep {}

    /// Goes on behind the labelled step.
    record Leave(String label) implements ScriptStep {}

    /// Goes on with the next round of the labelled loop.
    record Iterate(String label) implements ScriptStep {}

    /// What a block does when one of its steps fails; `conditions` are SQLSTATEs, upper-case
    /// condition names, or one of the constants.
    record Handler(boolean exits, List<String> conditions, ScriptStep body) {
        public static final String ANY_EXCEPTION = "SQLEXCEPTION";
        public static final String NOT_FOUND = "NOT FOUND";
    }
}
