package io.troupe.pybridge.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Hands the ports and the secret to the client that started this JVM: int32 Py4J port, int32
/// length, the secret in UTF-8, int32 data port, all big-endian. Written under another name,
/// readable by its owner only, then renamed, so that a reader never sees half of it.
public final class ConnectionFile {
    private static final int SECRET_BYTES = 32;

    private ConnectionFile() {}

    public static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    public static void write(Path file, int gatewayPort, String secret, int dataPort)
            throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(content);
        byte[] text = secret.getBytes(StandardCharsets.UTF_8);
        out.writeInt(gatewayPort);
        out.writeInt(text.length);
        out.write(text);
        out.writeInt(dataPort);
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        if (Files.getFileStore(file.toAbsolutePath().getParent())
                .supportsFileAttributeView("posix")) {
            Files.createFile(
                    unfinished,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(unfinished, content.toByteArray());
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
