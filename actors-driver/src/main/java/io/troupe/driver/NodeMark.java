package io.troupe.driver;

import io.troupe.driver.node.NodeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// A small file that tells `troupe node stop` which process is the node at an address of this
/// machine: `troupe-node-HOST-PORT.pid` in the folder for temporary files, gone with the process.
final class NodeMark {
    private NodeMark() {}

    static void put(NodeOptions options) {
        String name = "troupe-node-" + options.address().replace(':', '-') + ".pid";
        Path mark = Path.of(System.getProperty("java.io.tmpdir"), name);
        try {
            Path written = Files.createTempFile(mark.getParent(), "troupe-node", ".tmp");
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(written, String.valueOf(ProcessHandle.current().pid()));
            Files.move(written, mark, StandardCopyOption.REPLACE_EXISTING);
            mark.toFile().deleteOnExit();
        } catch (IOException | UnsupportedOperationException e) {
            System.err.println("troupe node: `troupe node stop` will not find this node: " + e);
        }
    }
}
