package io.troupe.driver.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/// Damages bytes by a seed: the same seed damages the same bytes in the same way.
final class Mutations {
    private static final byte[][] NASTY = {
        "\0".getBytes(StandardCharsets.UTF_8),
        "'\"`\\".getBytes(StandardCharsets.UTF_8),
        "((((((((((((((((".getBytes(StandardCharsets.UTF_8),
        "[{[{[{[{".getBytes(StandardCharsets.UTF_8),
        "-9223372036854775809".getBytes(StandardCharsets.UTF_8),
        "1e999999".getBytes(StandardCharsets.UTF_8),
        "null".getBytes(StandardCharsets.UTF_8),
        "/*".getBytes(StandardCharsets.UTF_8),
        "\uD83E\uDD2F".getBytes(StandardCharsets.UTF_8),
        {(byte) 0xff, (byte) 0xfe, (byte) 0xc0},
        ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array(),
        ByteBuffer.allocate(4).putInt(-1).array(),
    };

    private final SplittableRandom random;
    private final List<byte[]> corpus;

    private Mutations(long seed, List<byte[]> corpus) {
        this.random = new SplittableRandom(seed);
        this.corpus = corpus;
    }

    /// Something of the corpus, damaged in one to four places.
    static byte[] bytes(long seed, List<byte[]> corpus) {
        Mutations mutations = new Mutations(seed, corpus);
        byte[] bytes = mutations.any();
        for (int left = 1 + mutations.random.nextInt(4); left > 0; left--) {
            bytes = mutations.damaged(bytes);
        }
        return bytes;
    }

    /// The same for texts.
    static String text(long seed, List<String> corpus) {
        List<byte[]> bytes =
                corpus.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
        return new String(bytes(seed, bytes), StandardCharsets.UTF_8);
    }

    private byte[] any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] damaged(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int length = Math.min(bytes.length - at, random.nextInt(1, 24));
        return switch (random.nextInt(6)) {
            case 0 -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, at + 1);
            case 1 -> joined(bytes, at, new byte[0], at + length);
            case 2 -> joined(bytes, at, new byte[0], bytes.length);
            case 3 -> joined(bytes, at, NASTY[random.nextInt(NASTY.length)], at);
            case 4 -> joined(bytes, at, part(any()), at);
            default -> joined(bytes, at, part(bytes), at + length);
        };
    }

    private byte[] part(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(1, 48));
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] joined(byte[] bytes, int end, byte[] between, int start) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + between.length);
        out.write(bytes, 0, end);
        out.writeBytes(between);
        if (start < bytes.length) {
            out.write(bytes, start, bytes.length - start);
        }
        return out.toByteArray();
    }
}
