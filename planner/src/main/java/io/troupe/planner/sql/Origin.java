package io.troupe.planner.sql;

import io.troupe.planner.error.QueryContext;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.misc.Interval;

/// The text that is being read: gives trees their place in it and raises errors that show that
/// place.
final class Origin {
    private final String text;

    Origin(String text) {
        this.text = text;
    }

    ParsedExpression at(ParserRuleContext context, ParsedExpression expression) {
        return new ParsedExpression.Located(expression, null, start(context), stop(context));
    }

    ParsedPlan at(ParserRuleContext context, ParsedPlan plan) {
        return new ParsedPlan.LocatedPlan(plan, null, start(context), stop(context));
    }

    /// The text of a tree as it was written, blanks and comments included.
    static String written(ParserRuleContext context) {
        return context.getStart()
                .getInputStream()
                .getText(Interval.of(start(context), stop(context)));
    }

    TroupeException fail(
            ParserRuleContext context,
            String condition,
            String sqlState,
            String message,
            Map<String, String> parameters) {
        return new TroupeException(
                        TroupeException.Kind.ParseException,
                        condition,
                        sqlState,
                        message,
                        parameters)
                .in(new QueryContext(text, start(context), stop(context)));
    }

    private static int start(ParserRuleContext context) {
        return context.getStart().getStartIndex();
    }

    private static int stop(ParserRuleContext context) {
        return context.getStop() == null
                ? start(context)
                : Math.max(context.getStop().getStopIndex(), start(context));
    }
}
