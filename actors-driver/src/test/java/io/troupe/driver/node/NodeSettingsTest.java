package io.troupe.driver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSettingsTest {
    @Test
    void nodeWithoutSeedsIsItsOwnSeed() throws IOException {
        NodeOptions options = NodeSettings.options(Map.of("troupe.node.cores", "3"), new String[0]);
        assertTrue(options.at().port() > 0);
        assertEquals("127.0.0.1:" + options.at().port(), options.seeds().toString());
        assertEquals(3, options.cores());
    }

    @Test
    void argumentsWinOverSettings() throws IOException {
        NodeOptions options =
                NodeSettings.options(
                        Map.of("troupe.node.port", "7000", "troupe.node.seeds", "a:1,b:2"),
                        new String[] {"--port=7001", "--memory", "2g"});
        assertEquals(7_001, options.at().port());
        assertEquals("a:1,b:2", options.seeds().toString());
        assertEquals(2L << 30, options.memory());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port=70000",
                "--port=x",
                "--cores=0",
                "--memory=much",
                "--seeds=host",
                "--seeds=h:0",
                "--what=1",
                "x"
            })
    void wrongSettingsAreNamed(String argument) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> NodeSettings.options(Map.of(), new String[] {argument}));
        String value = argument.substring(argument.indexOf('=') + 1);
        assertTrue(e.getMessage().contains(value), e.getMessage());
    }
}
