package io.troupe.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TaskLineReaderTest {
    private static final String PLAIN =
            """
            {"event":"taskEnded","time":1800000000100,"query":-3,"stage":1,"attempt":2,\
            "partition":7,"try":1,"executor":"nöde:1/i1","launched":1800000000001,\
            "started":1800000000003,"runNanos":97,"cpuNanos":90,"metrics":{"input.rows":5,\
            "python.wait.nanos":11,"op.0.spill.bytes":6,"memory.peak.bytes":0,\
            "exchange.heavy.a,ä.rows":4}}\
            """;

    private final TaskLineReader reader = new TaskLineReader();

    private TaskEnd read(byte[] bytes) {
        return reader.read(bytes, 0, bytes.length);
    }

    private TaskEnd read(String line) {
        return read(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(TaskEnd task) {
        Map<String, Long> counters = new TreeMap<>();
        for (int i = 0; i < task.counters().size(); i++) {
            counters.put(task.counters().counter(i).name(), task.counters().value(i));
        }
        return task.toString().replace(task.counters().toString(), counters.toString());
    }

    private static String byGeneralReader(String line) {
        return text(TaskEnd.of(LoggedEvent.parse(line).orElseThrow()));
    }

    @Test
    void readsWhatTheGeneralReaderReadsHoweverTheLineIsSpaced() {
        String spaced = PLAIN.replace(":", ": ").replace(",\"", ", \"") + " ";
        for (String line : new String[] {PLAIN, spaced, PLAIN}) {
            assertEquals(byGeneralReader(line), text(read(line)));
        }
    }

    @Test
    void namesMayComeInAnyOrderAndStayAway() {
        String other =
                """
                {"time":9,"metrics":{"gc.nanos":3,"input.rows":1},"event":"taskEnded","query":1}\
                """;
        for (String line : new String[] {PLAIN, other, PLAIN, other}) {
            assertEquals(byGeneralReader(line), text(read(line)));
        }
    }

    @Test
    void leavesToTheGeneralReaderWhatIsNotPlain() {
        assertNotNull(read(PLAIN));
        assertNull(read(PLAIN.replace("taskEnded", "stageDone")));
        assertNull(read(PLAIN.replace("\"cpuNanos\":90", "\"failure\":{\"type\":\"TaskError\"}")));
        assertNull(read(PLAIN.replace("\"cpuNanos\":90", "\"printed\":\"hello\"")));
        assertNull(read(PLAIN.replace("\"cpuNanos\":90", "\"cpuNanos\":9.5")));
        assertNull(read(PLAIN.replace("\"cpuNanos\":90", "\"cpuNanos\":1234567890123456789")));
        assertNull(read(PLAIN.replace("\"cpuNanos\":90", "\"runNanos\":90")));
        assertNull(read(PLAIN.replace("nöde", "n\\u00f6de")));
        assertNull(read("{\"event\":\"taskEnded\"}}"));
        assertNull(read(""));
    }

    /// A byte that is changed or missing makes a line that both readers understand alike, or that
    /// the general reader alone has to judge.
    @Test
    void neverReadsALineThatTheGeneralReaderWouldReadOtherwise() {
        byte[] plain = PLAIN.getBytes(StandardCharsets.US_ASCII);
        byte[] others = "\"{}[]:,\\0-.e a\n".getBytes(StandardCharsets.US_ASCII);
        for (int place = 0; place < plain.length; place++) {
            for (byte other : others) {
                byte[] changed = plain.clone();
                changed[place] = other;
                compare(changed, 0, changed.length);
                compare(changed, 0, place);
                compare(changed, place, changed.length);
            }
        }
    }

    private void compare(byte[] bytes, int from, int to) {
        TaskEnd task = reader.read(bytes, from, to);
        if (task != null) {
            String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            assertEquals(byGeneralReader(line), text(task), line);
        }
    }
}
