package io.troupe.pybridge.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much memory a process holds, as Linux's procfs tells; 0 where that cannot be known.
final class WorkerMemory {
    private static final int PAGE = 4096;

    private WorkerMemory() {}

    /// Resident bytes: cheap, but pages shared with the template count in full.
    static long resident(long pid) {
        try {
            String[] fields = read(pid, "statm").split(" ");
            return fields.length > 1 ? Long.parseLong(fields[1]) * PAGE : 0;
        } catch (IOException _) {
            return 0; // The process has ended, or this system has no procfs.
        }
    }

    /// Bytes with each shared page divided among those who share it; costs the kernel a walk over
    /// the process's pages.
    static long proportional(long pid) {
        try {
            for (String line : read(pid, "smaps_rollup").split("\n")) {
                if (line.startsWith("Pss:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
            return 0;
        } catch (IOException _) {
            return 0; // The process has ended, or this system has no procfs.
        }
    }

    private static String read(long pid, String file) throws IOException {
        return Files.readString(
                Path.of("/proc", Long.toString(pid), file), StandardCharsets.US_ASCII);
    }
}
