package io.troupe.planner.sql;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;

/// Words syntax errors as Spark does: the offending token, and a hint where one token is extra or
/// missing. What it reports is the text between "at or near " and the full stop.
final class SyntaxErrorStrategy extends DefaultErrorStrategy {
    @Override
    protected String getTokenErrorDisplay(Token token) {
        return token.getType() == Token.EOF ? "end of input" : super.getTokenErrorDisplay(token);
    }

    @Override
    protected void reportInputMismatch(Parser parser, InputMismatchException failure) {
        parser.notifyErrorListeners(
                failure.getOffendingToken(),
                getTokenErrorDisplay(failure.getOffendingToken()),
                failure);
    }

    @Override
    protected void reportNoViableAlternative(Parser parser, NoViableAltException failure) {
        parser.notifyErrorListeners(
                failure.getOffendingToken(),
                getTokenErrorDisplay(failure.getOffendingToken()),
                failure);
    }

    @Override
    protected void reportUnwantedToken(Parser parser) {
        Token token = parser.getCurrentToken();
        String shown = getTokenErrorDisplay(token);
        boolean stray = token.getType() == TroupeSql.STRAY;
        parser.notifyErrorListeners(token, stray ? shown : shown + ": extra input " + shown, null);
    }

    @Override
    protected void reportMissingToken(Parser parser) {
        Token token = parser.getCurrentToken();
        String expected = getExpectedTokens(parser).toString(parser.getVocabulary());
        parser.notifyErrorListeners(
                token, getTokenErrorDisplay(token) + ": missing " + expected, null);
    }
}
