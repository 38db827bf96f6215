package io.troupe.driver.session;

import io.troupe.columnar.compile.ConstantEvaluator;
import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.operator.QuerySettings;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.optimizer.rule.RuleContext;
import java.util.Optional;

/// Evaluates constant expressions with the engine's own kernels.
final class ConstantFolding implements RuleContext.ConstantFolder {
    private final EvaluationSettings settings;

    ConstantFolding(QuerySettings settings) {
        this.settings =
                new EvaluationSettings(
                        settings.ansi(),
                        EvaluationSettings.zone(settings.timeZone()),
                        settings.now(),
                        settings.user(),
                        settings.database(),
                        0,
                        settings.conf());
    }

    @Override
    public Optional<Literal> fold(Expression expression) {
        try {
            return Optional.of(
                    new Literal(
                            ConstantEvaluator.evaluate(expression, settings), expression.type()));
        } catch (TroupeException _) {
            // An error belongs to the row that evaluates it, and there may be none.
            return Optional.empty();
        }
    }
}
