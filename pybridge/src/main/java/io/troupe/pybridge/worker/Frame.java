package io.troupe.pybridge.worker;

/// One message on a worker's pipe: a kind and its bytes. The kinds are listed in
/// `troupe/worker/__init__.py`.
public record Frame(Kind kind, byte[] payload) {
    public enum Kind {
        FUNCTION('F'),
        WORK('I'),
        OFFSETS('O'),
        BATCH('B'),
        END('E'),
        ACKNOWLEDGED('A'),
        HELLO('H'),
        FAILURE('X'),
        WANTED('N'),
        ATTACHMENT('P');

        final byte code;

        Kind(char code) {
            this.code = (byte) code;
        }

        static Kind of(byte code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            return null;
        }
    }

    private static final byte[] EMPTY = new byte[0];

    static Frame end() {
        return new Frame(Kind.END, EMPTY);
    }
}
