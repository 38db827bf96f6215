package io.troupe.planner.sql;

import io.troupe.planner.error.TroupeException;
import java.util.Map;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;

/// Raises the first syntax error, with the text and a caret below the offending token.
final class SyntaxErrorListener extends BaseErrorListener {
    private final String text;

    SyntaxErrorListener(String text) {
        this.text = text;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            Object symbol,
            int line,
            int position,
            String nearWithHint,
            RecognitionException cause) {
        boolean atEnd = symbol instanceof CommonToken token && token.getType() == Token.EOF;
        if (atEnd && text.isBlank()) {
            throw error(
                    "PARSE_EMPTY_STATEMENT",
                    "42617",
                    "Syntax error, unexpected empty statement.",
                    Map.of(),
                    line,
                    position);
        }
        int split =
                nearWithHint.startsWith("'")
                        ? nearWithHint.indexOf("': ", 1) + 1
                        : nearWithHint.indexOf(": ");
        String near = split <= 0 ? nearWithHint : nearWithHint.substring(0, split);
        String hint = split <= 0 ? "" : nearWithHint.substring(split);
        throw error(
                "PARSE_SYNTAX_ERROR",
                "42601",
                "Syntax error at or near " + nearWithHint + ".",
                Map.of("error", near, "hint", hint),
                line,
                position);
    }

    private TroupeException error(
            String condition,
            String state,
            String message,
            Map<String, String> parameters,
            int line,
            int position) {
        return new TroupeException(
                        TroupeException.Kind.ParseException, condition, state, message, parameters)
                .withDetail(" (line " + line + ", pos " + position + ")\n" + caret(line, position));
    }

    private String caret(int line, int position) {
        StringBuilder out = new StringBuilder("\n== SQL ==\n");
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i == line) {
                out.append("-".repeat(position)).append("^^^\n");
            }
            out.append(lines[i]).append('\n');
        }
        if (line >= lines.length) {
            out.append("-".repeat(position)).append("^^^\n");
        }
        return out.toString();
    }
}
