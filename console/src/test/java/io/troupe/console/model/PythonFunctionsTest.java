package io.troupe.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PythonFunctionsTest {
    private static List<String> of(String text) {
        return PythonFunctions.of(
                new QueryModel.Operator(0, -1, "ArrowEvalPython", text, 0, 0, -1, ""));
    }

    @Test
    void namesStandBeforeTheirArguments() {
        assertEquals(
                List.of("f", "g"),
                of("ArrowEvalPython [f(a#1, (b#2 + 1)) AS f#3, g(c#4) AS g#5, f(d#6) AS f#7]"));
        assertEquals(List.of("<lambda>"), of("ArrowEvalPython [<lambda>(x#1) AS <lambda>#2]"));
    }

    @Test
    void anyNameIsKeptAsItIs() {
        assertEquals(
                List.of("<img src=x onerror=fail"),
                of("ArrowEvalPython [<img src=x onerror=fail()>(x#1) AS y#2]"));
        assertEquals(List.of(), of("PythonMap [a#1, b#2]"));
        assertEquals(List.of(), of(""));
        assertEquals(List.of("f"), of("ArrowEvalPython [f((((("));
    }
}
