package io.troupe.columnar.compile;

import static io.troupe.columnar.compile.Evaluation.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Conditions that have loops of their own, against what their values say.
class PredicateFormsTest {
    private static final DataType BOOLEAN = AtomicType.BOOLEAN;
    private static final DataType STRING = StringType.STRING;

    @Test
    void comparesTwoColumnsOfWholeNumbersToTheEndsOfTheirRange() {
        Long[] ends = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1L, 0L, 1L, Long.MAX_VALUE, null};
        List<Object> left = new ArrayList<>();
        List<Object> right = new ArrayList<>();
        for (Long a : ends) {
            for (Long b : ends) {
                left.add(a);
                right.add(b);
            }
        }
        Evaluation e = new Evaluation();
        Attribute a = e.column(AtomicType.LONG, left.toArray());
        Attribute b = e.column(AtomicType.LONG, right.toArray());
        for (String operator : List.of("=", "!=", "<", "<=", ">", ">=")) {
            List<Integer> expected =
                    IntStream.range(0, left.size())
                            .filter(i -> holds(operator, (Long) left.get(i), (Long) right.get(i)))
                            .boxed()
                            .toList();
            assertEquals(expected, e.selected(call(operator, BOOLEAN, a, b)), operator);
        }
    }

    private static boolean holds(String operator, Long a, Long b) {
        if (a == null || b == null) {
            return false;
        }
        int order = a.compareTo(b);
        return switch (operator) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    @Test
    void comparesColumnsOnlyInRowsThatEarlierConditionsLeave() {
        Evaluation e = new Evaluation();
        Attribute a = e.column(AtomicType.DATE, 1, 2, 3, null, 5, 6);
        Attribute b = e.column(AtomicType.DATE, 2, 1, 4, 9, 6, 5);
        Call first = call(">=", BOOLEAN, a, new Literal(2, AtomicType.DATE));
        Call both = call("and", BOOLEAN, first, call("<", BOOLEAN, a, b));
        assertEquals(List.of(2, 4), e.selected(both));
        Call not = call("not", BOOLEAN, call("<", BOOLEAN, a, b));
        assertEquals(List.of(1, 5), e.selected(not));
    }

    @Test
    void findsTextsOfAnyLengthInLists() {
        Evaluation e = new Evaluation();
        Attribute a =
                e.column(STRING, "", "a", "ab", "é", null, "x".repeat(70), "x".repeat(71), "abc");
        Expression[] list = {
            a, text("ab"), text("é"), text("x".repeat(70)), text("a longer one"), text("ab ")
        };
        assertEquals(List.of(2, 3, 5), e.selected(call("in", BOOLEAN, list)));
        list[1] = text("");
        assertEquals(List.of(0, 3, 5), e.selected(call("in", BOOLEAN, list)));
    }

    private static Literal text(String value) {
        return new Literal(value, STRING);
    }

    @Test
    void slicesByCharactersWhateverTheirWidth() {
        Evaluation e = new Evaluation();
        Attribute a = e.column(STRING, "abcdef", "aéßdef", "éé", "", null, "€uro", "x");
        assertEquals(Arrays.asList("bc", "éß", "é", "", null, "ur", ""), e.values(slice(a, 2, 2)));
        assertEquals(
                Arrays.asList("ab", "aé", "éé", "", null, "€u", "x"), e.values(slice(a, 0, 2)));
        assertEquals(Arrays.asList("", "", "", "", null, "", ""), e.values(slice(a, 1, -3)));
        assertEquals(
                Arrays.asList("def", "def", "", "", null, "o", ""),
                e.values(slice(a, 4, Integer.MAX_VALUE)));
    }

    private static Call slice(Attribute column, int position, int length) {
        return call("substring", STRING, column, Literal.of(position), Literal.of(length));
    }

    @Test
    void findsPiecesOfPatternsWhereverTheyStand() {
        Random random = new Random(5);
        List<Object> texts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            StringBuilder text = new StringBuilder();
            for (int c = random.nextInt(40); c > 0; c--) {
                text.append("abé".charAt(random.nextInt(3)));
            }
            texts.add(text.toString());
        }
        Evaluation e = new Evaluation();
        Attribute a = e.column(STRING, texts.toArray());
        for (String piece : List.of("a", "ab", "aba", "béa", "aabab", "abababab", "é")) {
            List<Integer> expected =
                    IntStream.range(0, texts.size())
                            .filter(i -> ((String) texts.get(i)).contains(piece))
                            .boxed()
                            .toList();
            Call like = call("like", BOOLEAN, a, text("%" + piece + "%"));
            assertEquals(expected, e.selected(like), piece);
            assertEquals(expected, e.selected(call("contains", BOOLEAN, a, text(piece))), piece);
        }
    }
}
