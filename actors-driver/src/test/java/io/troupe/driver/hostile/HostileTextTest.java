package io.troupe.driver.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.driver.session.SessionConf;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.json.Json;
import io.troupe.planner.sql.ParserSettings;
import io.troupe.planner.sql.SqlParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostileTextTest {
    private static final List<String> STATEMENTS =
            List.of(
                    "SELECT a, sum(b) OVER (PARTITION BY c ORDER BY d ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t",
                    "WITH x AS (SELECT 1 AS a UNION ALL SELECT 2) SELECT * FROM x JOIN y USING (a) WHERE a IN (1, 2.5e3, -3L)",
                    "SELECT CASE WHEN a <=> NULL THEN 'it''s' ELSE r'raw\\n' END, x'1F', INTERVAL '1-2' YEAR TO MONTH FROM VALUES (1, 'a') AS v(a, b)",
                    "CREATE TABLE db.t (a INT NOT NULL COMMENT 'x', b ARRAY<STRUCT<c: MAP<STRING, DECIMAL(10, 2)>>>) USING parquet PARTITIONED BY (a)",
                    "INSERT OVERWRITE TABLE t PARTITION (p = 1) SELECT transform(a, x -> x + 1) FROM t LATERAL VIEW explode(b) e AS f",
                    "SELECT * FROM t PIVOT (sum(a) FOR b IN ('x' AS x, 'y')) TABLESAMPLE (10 PERCENT) ORDER BY 1 DESC NULLS LAST LIMIT 10 OFFSET 3",
                    "BEGIN DECLARE i INT = 0; WHILE i < 3 DO SET i = i + 1; END WHILE; SELECT i; END",
                    "FROM t |> WHERE a > 1 |> AGGREGATE count(*) AS n GROUP BY b |> SELECT n",
                    "SELECT date'2024-02-29', timestamp'2024-02-29 12:00:00.5', a:b.c[0], ?, :name, `od``d` FROM `p q`.t -- end",
                    "/*+ BROADCAST(t) */ SELECT /*+ COALESCE(3) */ extract(YEAR FROM d), try_cast(a AS INT), a::BIGINT, trim(BOTH 'x' FROM s) FROM t");

    private static final List<String> TYPES =
            List.of(
                    "struct<a:int,b:array<map<string,decimal(38,18)>>>",
                    "timestamp_ntz",
                    "interval day to second",
                    "varchar(10)");

    private static final List<String> REQUESTS =
            List.of(
                    "{\"op\": \"sql\", \"session\": 1, \"text\": \"SELECT 1\", \"release\": [1, 2], \"properties\": {\"a\": \"b\"}}",
                    "{\"op\": \"collect\", \"plan\": 3, \"site\": {\"file\": \"\\u0000x.py\", \"line\": 1e3}, \"x\": [true, null, -0.5]}");

    private static boolean refused(Runnable reading) {
        try {
            reading.run();
            return false;
        } catch (TroupeException e) {
            return true;
        }
    }

    @Test
    void damagedStatementsAreReadOrRefused() {
        long refused =
                Play.seeds(seed -> {
                    String text = Mutations.text(seed, STATEMENTS);
                    return refused(() -> SqlParser.parseStatement(text, ParserSettings.DEFAULT));
                });
        assertTrue(refused > 10, "only " + refused);
    }

    @Test
    void damagedTypesAreReadOrRefused() {
        long refused =
                Play.seeds(seed -> {
                    String text = Mutations.text(seed, TYPES);
                    return refused(() -> SqlParser.parseDataType(text));
                });
        assertTrue(refused > 100, "only " + refused);
    }

    @Test
    void damagedRequestsAreReadOrRefused() {
        long refused =
                Play.seeds(seed -> {
                    try {
                        Json.parseObject(Mutations.text(seed, REQUESTS));
                        return false;
                    } catch (IllegalArgumentException e) {
                        return true;
                    }
                });
        assertTrue(refused > 1_000, "only " + refused);
    }

    @Test
    void damagedSettingsAreTakenOrRefused() {
        List<String> keys =
                List.of(
                        "spark.sql.session.timeZone",
                        "spark.sql.ansi.enabled",
                        "spark.sql.shuffle.partitions",
                        "spark.troupe.singleTaskRows");
        List<String> values = List.of("Europe/Berlin", "+02:00", "true", "200", "1g");
        long refused =
                Play.seeds(seed -> {
                    SessionConf conf = new SessionConf(Map.of());
                    String key = keys.get((int) (seed % keys.size()));
                    String value = Mutations.text(seed, values);
                    return refused(() -> {
                        conf.set(key, value);
                        conf.querySettings("default");
                    });
                });
        assertTrue(refused > 100, "only " + refused);
    }
}
