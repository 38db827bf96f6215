package io.troupe.pybridge.worker;

import io.troupe.planner.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The warm parent of an executor's workers (`troupe/worker/template.py`): it has imported what
/// every worker needs, and forks one in milliseconds where a new interpreter takes half a second.
/// When this process ends, it sees its stdin end, kills its workers and their children, and goes.
final class TemplateProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final WorkerCommand command;
    private final Process process;
    private final Path folder;
    private final StderrTail stderr;
    private final CompletableFuture<Map<String, Object>> ready = new CompletableFuture<>();
    private final Map<String, CompletableFuture<Birth>> births = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Integer>> ends = new ConcurrentHashMap<>();
    private final AtomicLong names = new AtomicLong();

    /// The template's answer to a wish for a worker, and the future of that worker's end.
    private record Birth(Map<String, Object> said, CompletableFuture<Integer> end) {}

    private TemplateProcess(
            WorkerCommand command, Process process, Path folder, Consumer<String> log) {
        this.command = command;
        this.process = process;
        this.folder = folder;
        this.stderr =
                new StderrTail(process.getErrorStream(), "python-stderr-" + process.pid(), log);
        Thread.ofPlatform().daemon().name("python-template-" + process.pid()).start(this::listen);
    }

    /// Starts the process; its imports go on while the caller does.
    static TemplateProcess start(WorkerCommand command, Consumer<String> log) {
        try {
            Path folder = Files.createTempDirectory("troupe-python-");
            Process process = command.process("troupe.worker.template", folder.toString()).start();
            return new TemplateProcess(command, process, folder, log);
        } catch (IOException e) {
            throw command.cannotStart(e.getMessage());
        }
    }

    boolean isUsable() {
        return process.isAlive();
    }

    /// A new worker.
    ///
    /// @param pandas whether its functions use pandas, which is then imported once for all
    /// @return null where this interpreter must not fork: it runs threads, or its system forbids it
    /// @throws WorkerDiedException when the template or the worker does not come up
    ForkedProcess fork(boolean pandas) {
        await(ready);
        String name = Long.toString(names.incrementAndGet());
        CompletableFuture<Birth> birth = new CompletableFuture<>();
        births.put(name, birth);
        if (!process.isAlive()) {
            birth.completeExceptionally(new IOException("it has ended"));
        }
        say("fork " + name + (pandas ? " pandas" : ""));
        Birth born = await(birth);
        if (born.said().get("unsafe") != null) {
            return null;
        }
        if (!(born.said().get("pid") instanceof Number pid)) {
            throw command.cannotStart(String.valueOf(born.said().get("error")));
        }
        return opened(name, pid.longValue(), born.end());
    }

    private ForkedProcess opened(String name, long pid, CompletableFuture<Integer> end) {
        try {
            ForkedProcess worker =
                    new ForkedProcess(
                            this,
                            pid,
                            Fifo.reader(folder.resolve(name + ".out")),
                            Fifo.writer(folder.resolve(name + ".in")),
                            Fifo.reader(folder.resolve(name + ".err")),
                            end);
            say("opened " + name);
            return worker;
        } catch (IOException e) {
            throw command.cannotStart(e.getMessage());
        }
    }

    /// Ends a worker, with its children.
    void kill(long pid) {
        if (ends.containsKey(pid)) {
            say("kill " + pid);
        }
    }

    private synchronized void say(String line) {
        try {
            OutputStream out = process.getOutputStream();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            fail(e);
        }
    }

    private <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw command.cannotStart("the task was interrupted");
        } catch (TimeoutException _) {
            process.destroyForcibly();
            throw command.cannotStart("it did not answer for " + LIMIT.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            throw command.cannotStart(e.getCause().getMessage() + lastWords());
        }
    }

    private String lastWords() {
        try {
            String text = stderr.text();
            return text.isEmpty() ? "" : "; its last lines of stderr:\n" + text;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private void listen() {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                hear(Json.parseObject(line));
            }
            fail(new IOException("the process that forks workers has ended"));
        } catch (IOException | UncheckedIOException e) {
            fail(e);
        }
    }

    private void hear(Map<String, Object> said) {
        if (said.get("ready") != null) {
            ready.complete(said);
        } else if (said.get("ended") instanceof Number pid) {
            CompletableFuture<Integer> end = ends.remove(pid.longValue());
            if (end != null) {
                end.complete(((Number) said.get("status")).intValue());
            }
        } else {
            CompletableFuture<Integer> end = new CompletableFuture<>();
            if (said.get("pid") instanceof Number pid) {
                ends.put(pid.longValue(), end);
            }
            CompletableFuture<Birth> birth = births.remove(String.valueOf(said.get("name")));
            if (birth != null) {
                birth.complete(new Birth(said, end));
            }
        }
    }

    /// Without the template nobody tells how its workers ended; it takes them along.
    private void fail(Exception why) {
        ready.completeExceptionally(why);
        births.values().forEach(birth -> birth.completeExceptionally(why));
        ends.values().forEach(end -> end.completeExceptionally(why));
    }

    /// Ends the process and its workers.
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            removeFolder();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            process.destroyForcibly();
            throw new UncheckedIOException("The folder of Python's pipes cannot be removed", e);
        }
    }

    /// The process removes it when it ends in order; else pipes are left in it of workers that were
    /// being born.
    private void removeFolder() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (DirectoryStream<Path> pipes = Files.newDirectoryStream(folder)) {
            for (Path pipe : pipes) {
                Files.deleteIfExists(pipe);
            }
        }
        Files.deleteIfExists(folder);
    }
}
