package io.troupe.planner.sql;

import io.troupe.planner.command.Command;
import io.troupe.planner.command.ScriptStep;
import io.troupe.planner.command.SettingCommand;
import io.troupe.planner.parsed.ParsedExpression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;

/// Scripts: `BEGIN … END` with variables, branches, loops and handlers.
final class ScriptReader {
    private record Label(String name, boolean loop) {}

    private final Readers readers;
    private final CommandReader commands;
    private final Deque<Label> labels = new ArrayDeque<>();

    ScriptReader(Readers readers, CommandReader commands) {
        this.readers = readers;
        this.commands = commands;
    }

    Command script(TroupeSql.LoneStatementContext tree) {
        return new Command.Script(block(null, tree.scriptBody()));
    }

    private ScriptStep.Block block(String label, TroupeSql.ScriptBodyContext body) {
        List<ScriptStep> steps = new ArrayList<>();
        List<ScriptStep.Handler> handlers = new ArrayList<>();
        Map<String, String> conditions = new LinkedHashMap<>();
        for (TroupeSql.ScriptStepContext step : body.scriptStep()) {
            switch (step) {
                case TroupeSql.ConditionStepContext condition ->
                        conditions.put(
                                Names.of(condition.name).toUpperCase(Locale.ROOT),
                                condition.state == null
                                        ? "45000"
                                        : readers.literals().text(condition.state));
                case TroupeSql.HandlerStepContext handler -> handlers.add(handler(handler));
                default -> {
                    ScriptStep read = step(step);
                    if (isDeclaration(read) && !steps.stream().allMatch(this::isDeclaration)) {
                        throw lateDeclaration(step, read);
                    }
                    steps.add(read);
                }
            }
        }
        return new ScriptStep.Block(label, steps, handlers, conditions);
    }

    private boolean isDeclaration(ScriptStep step) {
        return step instanceof ScriptStep.Run(SettingCommand.DeclareVariable ignored);
    }

    private RuntimeException lateDeclaration(ParserRuleContext tree, ScriptStep step) {
        SettingCommand.DeclareVariable declare =
                (SettingCommand.DeclareVariable) ((ScriptStep.Run) step).command();
        String name = Names.quoted(declare.names().getFirst());
        return readers.fail(
                tree,
                "INVALID_VARIABLE_DECLARATION.ONLY_AT_BEGINNING",
                "42K0M",
                "Invalid variable declaration. Variable "
                        + name
                        + " can only be declared at the beginning of the compound.",
                "varName",
                name);
    }

    private List<ScriptStep> steps(TroupeSql.ScriptBodyContext body) {
        List<ScriptStep> steps = new ArrayList<>();
        for (TroupeSql.ScriptStepContext tree : body.scriptStep()) {
            ScriptStep step = step(tree);
            if (isDeclaration(step)) {
                String name =
                        Names.quoted(
                                ((SettingCommand.DeclareVariable) ((ScriptStep.Run) step).command())
                                        .names()
                                        .getFirst());
                throw readers.fail(
                        tree,
                        "INVALID_VARIABLE_DECLARATION.NOT_ALLOWED_IN_SCOPE",
                        "42K0M",
                        "Invalid variable declaration. Declaration of the variable "
                                + name
                                + " is not allowed in this scope.",
                        "varName",
                        name);
            }
            steps.add(step);
        }
        return steps;
    }

    private ScriptStep step(TroupeSql.ScriptStepContext tree) {
        return switch (tree) {
            case TroupeSql.BlockStepContext block -> {
                String label = open(block.label, block.closing, false);
                ScriptStep read = block(label, block.scriptBody());
                labels.pop();
                yield read;
            }
            case TroupeSql.IfStepContext choice -> choice(choice);
            case TroupeSql.CaseStepContext cases -> cases(cases);
            case TroupeSql.WhileStepContext loop -> {
                String label = open(loop.label, loop.closing, true);
                ScriptStep read =
                        new ScriptStep.Loop(
                                label,
                                branch(loop.expression(), List.of()),
                                steps(loop.scriptBody()),
                                null);
                labels.pop();
                yield read;
            }
            case TroupeSql.RepeatStepContext loop -> {
                String label = open(loop.label, loop.closing, true);
                ScriptStep read =
                        new ScriptStep.Loop(
                                label,
                                null,
                                steps(loop.scriptBody()),
                                branch(loop.expression(), List.of()));
                labels.pop();
                yield read;
            }
            case TroupeSql.LoopStepContext loop -> {
                String label = open(loop.label, loop.closing, true);
                ScriptStep read = new ScriptStep.Loop(label, null, steps(loop.scriptBody()), null);
                labels.pop();
                yield read;
            }
            case TroupeSql.ForStepContext loop -> {
                String label = open(loop.label, loop.closing, true);
                ScriptStep read =
                        new ScriptStep.ForEach(
                                label,
                                loop.variable == null ? null : lower(loop.variable),
                                readers.queries().query(loop.query()),
                                steps(loop.scriptBody()));
                labels.pop();
                yield read;
            }
            default -> plain(tree);
        };
    }

    private ScriptStep plain(TroupeSql.ScriptStepContext tree) {
        return switch (tree) {
            case TroupeSql.JumpStepContext jump -> jump(jump);
            case TroupeSql.AssignStepContext assign ->
                    new ScriptStep.Run(
                            new SettingCommand.SetVariables(
                                    assign.variableAssignment().stream()
                                            .map(one -> Names.parts(one.qualifiedName()))
                                            .toList(),
                                    assign.variableAssignment().stream()
                                            .map(one ->
                                                    readers.expressions()
                                                            .expression(one.expression()))
                                            .toList()));
            case TroupeSql.AssignRowStepContext assign ->
                    new ScriptStep.Run(
                            new SettingCommand.SetVariablesByQuery(
                                    assign.qualifiedName().stream().map(Names::parts).toList(),
                                    readers.queries().query(assign.query())));
            case TroupeSql.QueryStepContext query ->
                    new ScriptStep.Ask(readers.queries().query(query.query()));
            case TroupeSql.CommandStepContext command ->
                    new ScriptStep.Run(commands.command(command.command()));
            default ->
                    throw readers.fail(
                            tree,
                            "INVALID_HANDLER_DECLARATION.WRONG_PLACE_OF_DECLARATION",
                            "42K0Q",
                            "Invalid handler declaration. Handlers and conditions must be declared"
                                    + " at the beginning of a compound.");
        };
    }

    private static String lower(TroupeSql.WordContext word) {
        return Names.of(word).toLowerCase(Locale.ROOT);
    }

    /// The label's name, now in sight; null when the step has none.
    private String open(TroupeSql.WordContext label, TroupeSql.WordContext closing, boolean loop) {
        String name = label == null ? null : lower(label);
        if (closing != null && !lower(closing).equals(name)) {
            if (name == null) {
                throw readers.fail(
                        closing,
                        "END_LABEL_WITHOUT_BEGIN_LABEL",
                        "42K0L",
                        "End label "
                                + Names.quoted(List.of(lower(closing)))
                                + " can not exist without begin label.",
                        "endLabel",
                        Names.quoted(List.of(lower(closing))));
            }
            throw readers.fail(
                    closing,
                    "LABELS_MISMATCH",
                    "42K0L",
                    "Begin label "
                            + Names.quoted(List.of(name))
                            + " does not match the end label "
                            + Names.quoted(List.of(lower(closing)))
                            + ".",
                    "beginLabel",
                    Names.quoted(List.of(name)),
                    "endLabel",
                    Names.quoted(List.of(lower(closing))));
        }
        if (name != null && labels.stream().anyMatch(other -> name.equals(other.name()))) {
            throw readers.fail(
                    label,
                    "LABEL_ALREADY_EXISTS",
                    "42K0L",
                    "The label "
                            + Names.quoted(List.of(name))
                            + " already exists. Choose another name or rename the existing label.",
                    "label",
                    Names.quoted(List.of(name)));
        }
        labels.push(new Label(name, loop));
        return name;
    }

    private ScriptStep jump(TroupeSql.JumpStepContext tree) {
        String target = lower(tree.target);
        String statement = tree.LEAVE() != null ? "LEAVE" : "ITERATE";
        Label found =
                labels.stream()
                        .filter(label -> target.equals(label.name()))
                        .findFirst()
                        .orElse(null);
        if (found == null) {
            throw readers.fail(
                    tree,
                    "INVALID_LABEL_USAGE.DOES_NOT_EXIST",
                    "42K0L",
                    "The usage of the label "
                            + Names.quoted(List.of(target))
                            + " is invalid. Label was used in the "
                            + statement
                            + " statement, but the label does not belong to any surrounding block.",
                    "labelName",
                    Names.quoted(List.of(target)),
                    "statementType",
                    statement);
        }
        if (tree.ITERATE() != null && !found.loop()) {
            throw readers.fail(
                    tree,
                    "INVALID_LABEL_USAGE.ITERATE_IN_COMPOUND",
                    "42K0L",
                    "The usage of the label "
                            + Names.quoted(List.of(target))
                            + " is invalid. ITERATE statement cannot be used with a label that"
                            + " belongs to a compound (BEGIN...END) body.",
                    "labelName",
                    Names.quoted(List.of(target)));
        }
        return tree.LEAVE() != null ? new ScriptStep.Leave(target) : new ScriptStep.Iterate(target);
    }

    private ScriptStep.Branch branch(TroupeSql.ExpressionContext tree, List<ScriptStep> steps) {
        return new ScriptStep.Branch(
                readers.expressions().expression(tree), Origin.written(tree), steps);
    }

    private ScriptStep choice(TroupeSql.IfStepContext tree) {
        List<ScriptStep.Branch> branches = new ArrayList<>();
        for (int i = 0; i < tree.expression().size(); i++) {
            branches.add(branch(tree.expression(i), steps(tree.scriptBody(i))));
        }
        return new ScriptStep.Choice(
                branches, tree.otherwise == null ? List.of() : steps(tree.otherwise));
    }

    private ScriptStep cases(TroupeSql.CaseStepContext tree) {
        ParsedExpression subject =
                tree.subject == null ? null : readers.expressions().expression(tree.subject);
        List<ScriptStep.Branch> branches = new ArrayList<>();
        for (TroupeSql.ScriptWhenContext when : tree.scriptWhen()) {
            ScriptStep.Branch branch = branch(when.expression(), steps(when.scriptBody()));
            branches.add(
                    subject == null
                            ? branch
                            : new ScriptStep.Branch(
                                    new ParsedExpression.Function(
                                            "=", List.of(subject, branch.condition())),
                                    branch.text(),
                                    branch.steps()));
        }
        return new ScriptStep.Choice(
                branches, tree.otherwise == null ? List.of() : steps(tree.otherwise));
    }

    private ScriptStep.Handler handler(TroupeSql.HandlerStepContext tree) {
        List<String> conditions = new ArrayList<>();
        for (TroupeSql.ScriptConditionContext condition : tree.scriptCondition()) {
            if (condition.state != null) {
                conditions.add(readers.literals().text(condition.state));
            } else if (condition.name != null) {
                conditions.add(
                        String.join(".", Names.parts(condition.name)).toUpperCase(Locale.ROOT));
            } else {
                conditions.add(
                        condition.SQLEXCEPTION() != null
                                ? ScriptStep.Handler.ANY_EXCEPTION
                                : ScriptStep.Handler.NOT_FOUND);
            }
        }
        return new ScriptStep.Handler(
                tree.kind.getType() == TroupeSql.EXIT, conditions, step(tree.scriptStep()));
    }
}
