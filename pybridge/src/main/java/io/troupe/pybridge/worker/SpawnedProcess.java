package io.troupe.pybridge.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/// A worker that was started by itself, where forking is not safe: as a child of this process, with
/// an interpreter that imports everything anew.
record SpawnedProcess(Process process, CompletableFuture<Integer> ended) implements WorkerProcess {
    static SpawnedProcess start(WorkerCommand command) {
        try {
            Process process = command.process("troupe.worker").start();
            return new SpawnedProcess(
                    process, process.onExit().thenApply(p -> status(p.exitValue())));
        } catch (IOException e) {
            throw command.cannotStart(e.getMessage());
        }
    }

    /// The JVM gives signals as exit codes above 128.
    private static int status(int exit) {
        return exit > 128 ? 128 - exit : exit;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public InputStream output() {
        return process.getInputStream();
    }

    @Override
    public OutputStream input() {
        return process.getOutputStream();
    }

    @Override
    public InputStream errors() {
        return process.getErrorStream();
    }

    @Override
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void closeOutput() throws IOException {
        process.getInputStream().close();
    }
}
