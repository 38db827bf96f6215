package io.troupe.driver;

import io.troupe.cluster.node.Seeds;
import io.troupe.cluster.security.ClusterSecurity;
import io.troupe.cluster.security.Endpoint;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.driver.job.Attachments;
import io.troupe.driver.job.ClusterException;
import io.troupe.driver.job.ClusterRunner;
import io.troupe.driver.job.JobRunner;
import io.troupe.driver.job.LocalRunner;
import io.troupe.driver.job.Scheduling;
import io.troupe.driver.schedule.SchedulerListener;
import io.troupe.driver.schedule.TaskLimits;
import io.troupe.driver.setting.Quantity;
import io.troupe.executor.task.ColumnarEngine;
import io.troupe.planner.error.TroupeException;
import io.troupe.pybridge.worker.WorkerCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds an application its executors: in this process (`local`, `local[4]`, `local[*]`), or on the
/// nodes of a cluster (`troupe://host:port,host:port`).
final class ExecutorStart {
    private static final Pattern LOCAL =
            Pattern.compile("local(?:\\[\\s*(\\*|[0-9]{1,4})\\s*(?:,\\s*[0-9]+\\s*)?\\])?");
    private static final Pattern CLUSTER = Pattern.compile("troupe://(.+)");

    /// Share of the heap that operators and blocks may hold unless `spark.memory.fraction` says
    /// another; the rest is for what passes through.
    private static final String POOL_SHARE = "0.6";

    private ExecutorStart() {}

    /// @throws TroupeException when the master is malformed, or no executor can be had
    static JobRunner start(
            Map<String, String> conf, Attachments attachments, SchedulerListener listener) {
        Observers.check(conf);
        String master = conf.getOrDefault("spark.master", "local[*]").strip();
        MemoryPool pool = new MemoryPool((long) (Runtime.getRuntime().maxMemory() * share(conf)));
        List<Path> scratch =
                Arrays.stream(
                                conf.getOrDefault(
                                                "spark.local.dir",
                                                System.getProperty("java.io.tmpdir"))
                                        .split(","))
                        .map(Path::of)
                        .toList();
        Matcher local = LOCAL.matcher(master);
        if (local.matches()) {
            PooledWorkers python =
                    PooledWorkers.of(workerCommand(conf, slots(local.group(1))), attachments);
            return local(conf, slots(local.group(1)), pool, scratch, python, listener);
        }
        Matcher cluster = CLUSTER.matcher(master);
        if (cluster.matches()) {
            return cluster(conf, cluster.group(1), pool, scratch, attachments, listener);
        }
        throw new TroupeException(
                TroupeException.Kind.IllegalArgumentException,
                "INVALID_MASTER_URL",
                null,
                "Could not parse Master URL: '"
                        + master
                        + "'. Use local, local[N], local[*] or troupe://HOST:PORT[,HOST:PORT].",
                Map.of("master", master));
    }

    private static double share(Map<String, String> conf) {
        String text = conf.getOrDefault("spark.memory.fraction", POOL_SHARE);
        try {
            double share = Double.parseDouble(text.strip());
            if (share > 0 && share < 1) {
                return share;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new TroupeException(
                TroupeException.Kind.IllegalArgumentException,
                "INVALID_CONF_VALUE.DEFAULT",
                "22022",
                "spark.memory.fraction must be a number between 0 and 1, not '" + text + "'.",
                Map.of("confName", "spark.memory.fraction", "confValue", text));
    }

    private static int slots(String text) {
        int processors = Runtime.getRuntime().availableProcessors();
        return text == null
                ? 1
                : text.equals("*") ? processors : Math.max(1, Integer.parseInt(text));
    }

    private static JobRunner local(
            Map<String, String> conf,
            int slots,
            MemoryPool pool,
            List<Path> scratch,
            PooledWorkers python,
            SchedulerListener listener) {
        LocalRunner runner =
                new LocalRunner(
                        slots,
                        pool,
                        scratch,
                        new ColumnarEngine(),
                        python,
                        new Scheduling(SchedulingConf.policy(conf, TaskLimits.LOCAL), listener));
        try {
            return runner.start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The scratch folder "
                            + scratch
                            + " cannot be used; set spark.local.dir to a writable folder.",
                    e);
        }
    }

    private static JobRunner cluster(
            Map<String, String> conf,
            String seeds,
            MemoryPool pool,
            List<Path> scratch,
            Attachments attachments,
            SchedulerListener listener) {
        String python = conf.getOrDefault("spark.troupe.python.version", "");
        ClusterRunner runner =
                new ClusterRunner(
                        Seeds.parse(seeds),
                        endpoint(conf, Seeds.parse(seeds)),
                        Integer.parseInt(conf.getOrDefault("spark.executor.cores", "1024")),
                        pool,
                        scratch,
                        python,
                        attachments,
                        new Scheduling(SchedulingConf.policy(conf, TaskLimits.CLUSTER), listener));
        try {
            return runner.start();
        } catch (ClusterException e) {
            throw new TroupeException(
                    TroupeException.Kind.SparkException,
                    "CLUSTER_NOT_AVAILABLE",
                    "08001",
                    e.getMessage(),
                    Map.of("seeds", seeds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while joining the cluster", e);
        }
    }

    /// Where this driver listens for the nodes of its cluster.
    private static Endpoint endpoint(Map<String, String> conf, Seeds seeds) {
        String host = conf.getOrDefault("spark.driver.host", "");
        try {
            ClusterSecurity security =
                    ClusterSecurity.of(conf.getOrDefault("troupe.tls.folder", ""));
            security.permit(
                    host.isEmpty() ? seeds.localHost() : host,
                    Boolean.parseBoolean(conf.get("troupe.insecure")));
            return new Endpoint(host, 0, security);
        } catch (IOException e) {
            throw new TroupeException(
                    TroupeException.Kind.SparkException,
                    "CLUSTER_NOT_AVAILABLE",
                    "08001",
                    e.getMessage(),
                    Map.of("seeds", seeds.toString()));
        }
    }

    /// Workers run the client's interpreter; the launcher's environment lets them find the client's
    /// package.
    ///
    /// @param slots workers that share the memory for Python
    static WorkerCommand workerCommand(Map<String, String> conf, int slots) {
        Map<String, String> variables = System.getenv();
        String interpreter = conf.get("spark.pyspark.python");
        if (interpreter == null) {
            interpreter = variables.get("TROUPE_PYTHON_EXECUTABLE");
        }
        if (interpreter == null) {
            interpreter = variables.getOrDefault("PYSPARK_PYTHON", "python3");
        }
        return new WorkerCommand(
                interpreter,
                variables.containsKey("OMP_NUM_THREADS")
                        ? Map.of()
                        : Map.of("OMP_NUM_THREADS", conf.getOrDefault("spark.task.cpus", "1")),
                Quantity.SIZE.of(
                                "spark.executor.pyspark.memory",
                                conf.getOrDefault("spark.executor.pyspark.memory", "0"))
                        / slots);
    }
}
