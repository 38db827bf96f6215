package io.troupe.cluster.transport;

import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.security.ClusterSecurity;
import io.troupe.cluster.security.Endpoint;
import io.troupe.cluster.serialization.Protocol;
import io.troupe.cluster.serialization.WireCodec;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Bytes per second of the data plane over loopback. `serve` in one process prints its port; `fetch
/// PORT` in another measures. A folder of `troupe cert` after that makes it TLS. Run by hand.
public final class DataPlaneBenchmark {
    private static final long TOTAL = 8L << 30;

    private DataPlaneBenchmark() {}

    public static void main(String[] args) throws Exception {
        WireCodec codec = new WireCodec(Protocol.classes(List.of()), null, 1 << 20);
        int keys = args[0].equals("serve") ? 1 : 2;
        ClusterSecurity security = ClusterSecurity.of(args.length > keys ? args[keys] : "");
        if (args[0].equals("serve")) {
            byte[] block = new byte[1 << 20];
            DataServer server =
                    new DataServer(
                            new Endpoint("127.0.0.1", 0, security),
                            "t",
                            codec,
                            (request, sink) -> {
                                long before = cpu();
                                for (long sent = 0; sent < TOTAL; sent += block.length) {
                                    sink.frame(0, 0, block);
                                }
                                System.err.printf(
                                        "server: %.2f CPU-s per GB%n",
                                        (cpu() - before) / 1e9 / (TOTAL / 1e9));
                            });
            System.out.println(server.port());
            System.in.read();
            server.close();
            return;
        }
        try (DataClient client = new DataClient(security, "t", codec);
                DataConnection connection = client.borrow("127.0.0.1", Integer.parseInt(args[1]))) {
            long start = System.nanoTime();
            long before = cpu();
            connection.request(new DataRequest.Blocks(List.of(), 0, 1));
            long bytes = 0;
            for (DataFrame frame = connection.next(); frame != null; frame = connection.next()) {
                bytes += frame.content().length;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%.2f GB/s, client: %.2f CPU-s per GB%n",
                    bytes / 1e9 / seconds, (cpu() - before) / 1e9 / (bytes / 1e9));
        }
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
