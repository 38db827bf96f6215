package io.troupe.pybridge.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/// A worker that the template process forked: it talks through named pipes, and its parent tells
/// how it ended.
record ForkedProcess(
        TemplateProcess template,
        long pid,
        InputStream output,
        OutputStream input,
        InputStream errors,
        CompletableFuture<Integer> ended)
        implements WorkerProcess {
    @Override
    public void kill() {
        template.kill(pid);
    }

    @Override
    public void closeOutput() throws IOException {
        output.close();
    }
}
