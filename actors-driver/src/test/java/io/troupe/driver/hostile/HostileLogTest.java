package io.troupe.driver.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.console.application.Applications;
import io.troupe.console.application.FolderApplications;
import io.troupe.console.http.ClientError;
import io.troupe.console.http.Request;
import io.troupe.console.http.Section;
import io.troupe.console.page.Pages;
import io.troupe.console.rest.SparkApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A damaged event log is shown as far as it can be read.
@Timeout(60)
class HostileLogTest {
    private static final String LOG =
            """
            {"event":"applicationStarted","time":1800000000000,"schema":2,"application":"app-1","version":"0.1.0","settings":{"spark.app.name":"x"},"user":"ann","system":{"java.version":"25"}}
            {"event":"executorJoined","time":1800000000010,"executor":"e1","host":"h","slots":2,"memory":1000,"python":"3.12"}
            {"event":"queryPlanned","time":1800000000020,"query":1,"session":1,"line":"job.py:7","description":"","group":"g","planningNanos":{"plan":5},"operators":[{"id":0,"parent":-1,"name":"Exchange","text":"Exchange","stage":1,"operator":0,"exchange":0,"line":"job.py:7"},{"id":1,"parent":0,"name":"Range","text":"Range","stage":0,"operator":0}],"plans":{"physical":"Range"}}
            {"event":"jobStarted","time":1800000000030,"job":1,"query":1,"description":"job.py:7","stages":[{"query":1,"stage":0,"result":false,"outputPartitions":2,"inputs":[]},{"query":1,"stage":1,"result":true,"outputPartitions":1,"inputs":[0]}]}
            {"event":"cacheFilled","time":1800000000035,"cache":0,"level":"MEMORY_AND_DISK","description":"Range"}
            {"event":"stageStarted","time":1800000000040,"query":1,"stage":0,"attempt":0,"job":1,"tasks":2}
            {"event":"running","time":1800000000080,"tasks":[{"query":1,"stage":0,"attempt":0,"partition":1,"try":0,"executor":"e1","launched":1800000000041}]}
            {"event":"taskEnded","time":1800000000090,"query":1,"stage":0,"attempt":0,"partition":0,"try":0,"executor":"e1","launched":1800000000041,"started":1800000000042,"runNanos":40000000,"cpuNanos":4,"metrics":{"op.0.rows":5,"python.rows":3,"memory.peak.bytes":7}}
            {"event":"taskEnded","time":1800000000091,"query":1,"stage":0,"attempt":0,"partition":1,"try":0,"executor":"e1","launched":1800000000041,"started":1800000000042,"runNanos":40000000,"cpuNanos":4,"metrics":{},"failure":{"type":"ExecutorLost","message":"gone"}}
            {"event":"executorLost","time":1800000000092,"executor":"e1","reason":"gone"}
            {"event":"stageCancelled","time":1800000000093,"query":1,"stage":0,"attempt":0,"reason":"lost outputs"}
            {"event":"jobEnded","time":1800000000095,"job":1,"failure":{"type":"GivenUp","message":"too often"}}
            {"event":"applicationEnded","time":1800000000099}
            """;

    private static final List<String> ADDRESSES =
            List.of(
                    "pages/applications",
                    "pages/app-1/overview",
                    "pages/app-1/query/1",
                    "pages/app-1/stages",
                    "pages/app-1/stage/0/0",
                    "pages/app-1/tasks/0/0",
                    "pages/app-1/python",
                    "pages/app-1/executors",
                    "pages/app-1/storage",
                    "api/v1/applications",
                    "api/v1/applications/app-1/jobs",
                    "api/v1/applications/app-1/stages",
                    "api/v1/applications/app-1/stages/0/0/taskList",
                    "api/v1/applications/app-1/stages/0/0/taskSummary",
                    "api/v1/applications/app-1/allexecutors",
                    "api/v1/applications/app-1/sql");

    @TempDir private Path folder;

    @Test
    void damagedLogIsShownAsFarAsItCanBeRead() {
        List<byte[]> corpus = List.of(LOG.getBytes(StandardCharsets.UTF_8));
        long refused =
                Play.seeds(seed -> {
                    Path log = folder.resolve("app-1.jsonl");
                    Files.deleteIfExists(log);
                    Files.write(log, Mutations.bytes(seed, corpus));
                    Applications applications = new FolderApplications(folder);
                    List<Section> sections =
                            List.of(new Pages(applications), new SparkApi(applications, "0.1.0"));
                    boolean anything = false;
                    for (String address : ADDRESSES) {
                        anything |= isRefused(sections, address);
                    }
                    return anything;
                });
        assertTrue(refused > 0, "no damage ever took a page away");
    }

    private static boolean isRefused(List<Section> sections, String address) throws IOException {
        try {
            Request request = new Request("GET", List.of(address.split("/")), Map.of());
            for (Section section : sections) {
                var answer = section.answer(request);
                if (answer.isPresent()) {
                    return false;
                }
            }
            return true;
        } catch (ClientError e) {
            return true;
        }
    }
}
