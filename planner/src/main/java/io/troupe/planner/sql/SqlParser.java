package io.troupe.planner.sql;

import io.troupe.planner.error.QueryContext;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StructType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/// Reads SQL text: statements, expressions, names, types and column lists. Without state; safe for
/// any thread. Every method throws [TroupeException] of kind ParseException for a text that is not
/// valid.
public final class SqlParser {
    /// Stack of the thread on which a statement is read that is nested too deeply for the caller's
    /// own stack.
    private static final long DEEP_STACK_BYTES = 512L << 20;

    private SqlParser() {}

    public static Statement parseStatement(String text, ParserSettings settings) {
        return parseStatement(text, settings, Parameters.NONE);
    }

    /// @param parameters values for the parameter markers of the text
    public static Statement parseStatement(
            String text, ParserSettings settings, Parameters parameters) {
        return read(
                text,
                settings,
                parameters,
                TroupeSql::loneStatement,
                (readers, tree) -> readers.statement(tree));
    }

    /// One expression, which may have an alias.
    public static ParsedExpression parseExpression(String text, ParserSettings settings) {
        return parseExpression(text, settings, Parameters.NONE);
    }

    static ParsedExpression parseExpression(
            String text, ParserSettings settings, Parameters parameters) {
        return read(
                text,
                settings,
                parameters,
                TroupeSql::loneExpression,
                (readers, tree) -> readers.expressions().item(tree.selectItem()));
    }

    /// A name of one or more parts, such as `a.b` or `` `a b`.c ``.
    public static List<String> parseTableIdentifier(String text) {
        return read(
                text,
                ParserSettings.DEFAULT,
                Parameters.NONE,
                TroupeSql::loneName,
                (readers, tree) -> Names.parts(tree.qualifiedName()));
    }

    /// A data type as in DDL, such as `array<struct<a:int>>`.
    public static DataType parseDataType(String text) {
        return read(
                text,
                ParserSettings.DEFAULT,
                Parameters.NONE,
                TroupeSql::loneType,
                (readers, tree) -> readers.types().type(tree.dataType()));
    }

    /// Columns as in DDL: `a INT NOT NULL COMMENT 'x', b STRING` or `a: int, b: string`.
    public static StructType parseTableSchema(String text) {
        return read(
                text,
                ParserSettings.DEFAULT,
                Parameters.NONE,
                TroupeSql::loneColumns,
                (readers, tree) -> readers.types().columns(tree.columnDefinition()));
    }

    private static <C extends ParserRuleContext, R> R read(
            String text,
            ParserSettings settings,
            Parameters parameters,
            Function<TroupeSql, C> rule,
            BiFunction<Readers, C, R> reader) {
        Supplier<R> work =
                () ->
                        reader.apply(
                                new Readers(text, settings, parameters),
                                tree(text, settings, rule));
        try {
            return work.get();
        } catch (StackOverflowError tooDeep) {
            return onDeepStack(text, work);
        }
    }

    private static <R> R onDeepStack(String text, Supplier<R> work) {
        AtomicReference<R> result = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread =
                new Thread(null, () -> result.set(work.get()), "sql-parser", DEEP_STACK_BYTES);
        thread.setUncaughtExceptionHandler((ignored, thrown) -> failure.set(thrown));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading SQL", interrupted);
        }
        return switch (failure.get()) {
            case null -> result.get();
            case TroupeException known -> throw known;
            case StackOverflowError overflow -> throw tooComplex(text);
            case Throwable other ->
                    throw new IllegalStateException("reading SQL failed: " + other, other);
        };
    }

    private static TroupeException tooComplex(String text) {
        return new TroupeException(
                        TroupeException.Kind.ParseException,
                        "FAILED_TO_PARSE_TOO_COMPLEX",
                        "54001",
                        "The statement, including potential SQL functions and referenced views, was too complex to parse. "
                                + "To mitigate this error divide the statement into multiple, less complex chunks.",
                        Map.of())
                .in(new QueryContext(text, 0, text.length() - 1));
    }

    /// Tries the fast prediction mode first. It may refuse a valid text, so a refusal is checked
    /// with the full one.
    private static <C extends ParserRuleContext> C tree(
            String text, ParserSettings settings, Function<TroupeSql, C> rule) {
        TroupeLexer lexer = new TroupeLexer(CharStreams.fromString(text));
        lexer.doubleQuotedNames = settings.ansi() && settings.doubleQuotedNames();
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        TroupeSql parser = new TroupeSql(tokens);
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        try {
            tokens.fill();
            if (lexer.unclosedComment) {
                throw unclosedComment(text);
            }
            return rule.apply(parser);
        } catch (ParseCancellationException refused) {
            tokens.seek(0);
            parser.reset();
            parser.setErrorHandler(new SyntaxErrorStrategy());
            parser.addErrorListener(new SyntaxErrorListener(text));
            parser.getInterpreter().setPredictionMode(PredictionMode.LL);
            return rule.apply(parser);
        }
    }

    private static TroupeException unclosedComment(String text) {
        return new TroupeException(
                        TroupeException.Kind.ParseException,
                        "UNCLOSED_BRACKETED_COMMENT",
                        "42601",
                        "Found an unclosed bracketed comment. Please, append */ at the end of the comment.",
                        Map.of())
                .withDetail("\n== SQL ==\n" + text);
    }
}
