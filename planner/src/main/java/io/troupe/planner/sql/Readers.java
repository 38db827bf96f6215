package io.troupe.planner.sql;

import io.troupe.planner.error.TroupeException;

/// The readers of one text, which know each other through this.
final class Readers {
    private final Origin origin;
    private final ParserSettings settings;
    private final Parameters parameters;
    private final TypeReader types;
    private final ExpressionReader expressions;
    private final CallReader calls;
    private final LiteralReader literals;
    private final NameReader names;
    private final WindowReader windows;
    private final QueryReader queries;
    private final RelationReader relations;
    private final CommandReader commands;
    private int positionalMarkers;

    Readers(String text, ParserSettings settings, Parameters parameters) {
        this.origin = new Origin(text);
        this.settings = settings;
        this.parameters = parameters;
        this.types = new TypeReader(this);
        this.expressions = new ExpressionReader(this);
        this.calls = new CallReader(this);
        this.literals = new LiteralReader(this);
        this.names = new NameReader(this);
        this.windows = new WindowReader(this);
        this.queries = new QueryReader(this);
        this.relations = new RelationReader(this);
        this.commands = new CommandReader(this);
    }

    Statement statement(TroupeSql.LoneStatementContext tree) {
        if (tree.scriptBody() != null) {
            return new Statement.Execution(new ScriptReader(this, commands).script(tree));
        }
        return tree.query() != null
                ? new Statement.Query(queries.query(tree.query()))
                : new Statement.Execution(commands.command(tree.command()));
    }

    /// A labelled alternative that no reader knows: the grammar and the readers disagree.
    static IllegalStateException unknown(org.antlr.v4.runtime.ParserRuleContext tree) {
        return new IllegalStateException(
                "no reader for " + tree.getClass().getSimpleName() + ": " + tree.getText());
    }

    /// The number of the next `?`, from 0.
    int nextPositional() {
        return positionalMarkers++;
    }

    TroupeException fail(
            org.antlr.v4.runtime.ParserRuleContext tree,
            String condition,
            String sqlState,
            String message,
            String... parameters) {
        return origin.fail(tree, condition, sqlState, message, Names.pairs(parameters));
    }

    Origin origin() {
        return origin;
    }

    ParserSettings settings() {
        return settings;
    }

    Parameters parameters() {
        return parameters;
    }

    TypeReader types() {
        return types;
    }

    ExpressionReader expressions() {
        return expressions;
    }

    CallReader calls() {
        return calls;
    }

    LiteralReader literals() {
        return literals;
    }

    NameReader names() {
        return names;
    }

    WindowReader windows() {
        return windows;
    }

    QueryReader queries() {
        return queries;
    }

    RelationReader relations() {
        return relations;
    }
}
