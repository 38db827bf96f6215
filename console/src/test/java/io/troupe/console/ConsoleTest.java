package io.troupe.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.console.application.FolderApplications;
import io.troupe.planner.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {
    @TempDir Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Console console;

    @BeforeEach
    void start() throws IOException {
        SampleLog.small().write(folder);
        console = start("127.0.0.1");
    }

    private Console start(String host) throws IOException {
        return Console.start(host, 0, new FolderApplications(folder), "0.1.0", List.of());
    }

    @AfterEach
    void stop() {
        console.close();
        client.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(console.url() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private Object json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.parse(answer.body());
    }

    private static Object at(Object json, Object... path) {
        Object value = json;
        for (Object step : path) {
            value =
                    step instanceof Integer index
                            ? ((List<?>) value).get(index)
                            : ((Map<?, ?>) value).get(step);
        }
        return value;
    }

    @Test
    void answersInSparksShape() throws Exception {
        String app = "/api/v1/applications/app-1";
        assertEquals("app-1", at(json("/api/v1/applications"), 0, "id"));
        assertEquals("ann", at(json(app), "attempts", 0, "sparkUser"));
        assertEquals("SUCCEEDED", at(json(app + "/jobs"), 0, "status"));
        assertEquals(List.of(0L, 1L), at(json(app + "/jobs/1"), "stageIds"));
        assertEquals(40L, at(json(app + "/stages/0/0"), "inputRecords"));
        assertEquals("FAILED", at(json(app + "/stages/0/0/taskList?status=failed"), 0, "status"));
        assertEquals(
                List.of(400.0, 900.0),
                at(json(app + "/stages/0/0/taskSummary?quantiles=0,1"), "executorRunTime"));
        assertEquals(2, ((List<?>) json(app + "/executors")).size());
        assertEquals("25", at(json(app + "/environment"), "runtime", "javaVersion"));
        assertEquals("COMPLETED", at(json(app + "/sql/1"), "status"));
        assertEquals(List.of(), json(app + "/storage/rdd"));
        assertEquals("0.1.0", at(json("/api/v1/version"), "spark"));
    }

    @Test
    void pagesShowTheSameSums() throws Exception {
        Object overview = json("/pages/app-1/overview");
        assertEquals(600_000_000L, at(overview, "activities", "python"));
        Object stage = json("/pages/app-1/stage/0/0");
        assertEquals(List.of(10L, 10L, 30L, 30L, 30L), at(stage, "quantiles", "inputRows"));
        assertEquals(1L, at(json("/pages/app-1/tasks/0/0?filter=failed"), "total"));
        assertEquals(
                900_000_000L,
                at(
                        json("/pages/app-1/tasks/0/0?sort=runNanos&descending=true"),
                        "tasks",
                        0,
                        "runNanos"));
        for (String page :
                List.of(
                        "stages",
                        "python",
                        "executors",
                        "storage",
                        "environment",
                        "jobs",
                        "query/1")) {
            assertEquals("app-1", at(json("/pages/app-1/" + page), "id"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/static/../../../etc/passwd",
                "/static/%2e%2e/%2e%2e/index.html",
                "/static/..%2fConsole.class",
                "/static/vendor/vendor",
                "/api/v1/applications/..%2f..%2fetc%2fpasswd/jobs",
                "/api/v1/applications/nothing",
                "/api/v1/applications/app-1/jobs/99999999999999999999999999",
                "/api/v1/applications/app-1/stages/0/0/taskList?length=-1",
                "/api/v1/applications/app-1/stages/0/0/taskList?offset=99999999999",
                "/api/v1/applications/app-1/stages/0/0/taskSummary?quantiles=NaN",
                "/api/v1/applications/app-1/jobs?status=%3Cscript%3E",
                "/pages/app-1/query/9223372036854775808",
                "/pages/app-1/stage/-1/0",
                "/pages/app-1/%zz",
                "/pages/app-1/tasks/0/0?descending=maybe",
            })
    void hostileAddressesGetACleanError(String path) throws Exception {
        String host = URI.create(console.url()).getAuthority();
        String answer =
                raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        int status = Integer.parseInt(answer.split(" ")[1]);
        assertTrue(status >= 400 && status < 500, answer);
        assertFalse(answer.contains("at io.troupe"), answer);
        assertFalse(answer.contains("root:"), answer);
    }

    private String raw(String request) throws IOException {
        int port = URI.create(console.url()).getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(40_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aPageOfTheWebCannotReachItThroughAnotherName() throws IOException {
        String answer =
                raw(
                        "GET /api/v1/applications HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
    }

    @Test
    void aClientThatNeverEndsItsRequestIsLetGo() throws IOException {
        assertEquals("", raw("GET /health HTTP/1.1\r\nHost: 127"));
    }

    @Test
    void scriptsOfOtherPlacesAreForbiddenAndNothingIsKept() throws Exception {
        HttpResponse<String> page = get("/");
        String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("script-src 'self'"), policy);
        assertFalse(page.body().contains("<script>"), page.body());
        assertEquals("no-store", page.headers().firstValue("Cache-Control").orElse(""));
    }

    @Test
    void nothingIsChangedByItsAddresses() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(console.url() + "/nothing"))
                        .header("Origin", "http://evil.example")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build();
        int status = client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        assertEquals(403, status);
    }

    @Test
    void otherAddressesThanLoopbackNeedTheToken() throws Exception {
        console.close();
        console = start("0.0.0.0");
        String open = console.url().replace("0.0.0.0", "127.0.0.1");
        String bare = open.substring(0, open.indexOf("/?token="));
        assertEquals(401, status(bare + "/health", null));
        assertEquals(200, status(open, null));
        String token = open.substring(open.indexOf('=') + 1);
        assertEquals(200, status(bare + "/health", "Bearer " + token));
        assertEquals(401, status(bare + "/health", "Bearer x" + token.substring(1)));
    }

    private int status(String url, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void tellsOfItsHealthAndOfEachFolderItself() throws Exception {
        assertEquals("UP", at(json("/health"), "status"));
        assertEquals("READY", at(json("/ready"), "status"));
        assertEquals("a sample", at(json("/pages/applications"), 0, "name"));
    }
}
