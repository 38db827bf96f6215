package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES in the modes ECB, CBC and GCM; the initialisation vector stands before the encrypted bytes.
final class CipherFunctions {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int GCM_IV = 12;
    private static final int CBC_IV = 16;

    private CipherFunctions() {}

    static void register(FunctionTable table) {
        table.row("aes_encrypt", CipherFunctions::encrypt);
        table.row("aes_decrypt", (in, out) -> out.set(decrypt(in)));
        table.row("try_aes_decrypt", CipherFunctions::tryDecrypt);
    }

    private static String mode(Input in) {
        return in.size() > 2 ? in.string(2).toUpperCase(Locale.ROOT) : "GCM";
    }

    private static Cipher cipher(Input in, int direction, byte[] iv)
            throws GeneralSecurityException {
        byte[] key = in.bytes(1);
        if (key.length != 16 && key.length != 24 && key.length != 32) {
            throw Failures.parameter(
                    "AES_KEY_LENGTH",
                    "aes_encrypt",
                    "key",
                    "actualLength",
                    Integer.toString(key.length));
        }
        SecretKeySpec secret = new SecretKeySpec(key, "AES");
        Cipher cipher;
        switch (mode(in)) {
            case "ECB" -> {
                cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
                cipher.init(direction, secret);
            }
            case "CBC" -> {
                cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
                cipher.init(direction, secret, new IvParameterSpec(iv));
            }
            case "GCM" -> {
                cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(direction, secret, new GCMParameterSpec(128, iv));
            }
            default ->
                    throw Failures.parameter(
                            "PATTERN",
                            "aes_encrypt",
                            "mode",
                            "value",
                            "'" + mode(in) + "' is not ECB, CBC or GCM");
        }
        return cipher;
    }

    private static int ivLength(Input in) {
        return switch (mode(in)) {
            case "CBC" -> CBC_IV;
            case "GCM" -> GCM_IV;
            default -> 0;
        };
    }

    private static RuntimeException failed(GeneralSecurityException cause) {
        RuntimeException failure =
                Failures.parameter(
                        "AES_CRYPTO_ERROR",
                        "aes_decrypt",
                        "expr",
                        "detailMessage",
                        String.valueOf(cause.getMessage()));
        failure.initCause(cause);
        return failure;
    }

    private static void encrypt(Input in, Output out) {
        byte[] iv = in.size() > 4 ? in.bytes(4) : new byte[0];
        int wanted = ivLength(in);
        if (iv.length == 0 && wanted > 0) {
            iv = new byte[wanted];
            RANDOM.nextBytes(iv);
        }
        if (iv.length != wanted) {
            throw Failures.parameter(
                    "AES_IV_LENGTH",
                    "aes_encrypt",
                    "iv",
                    "mode",
                    mode(in),
                    "actualLength",
                    Integer.toString(iv.length));
        }
        try {
            Cipher cipher = cipher(in, Cipher.ENCRYPT_MODE, iv);
            if (in.size() > 5 && in.end(5) > in.start(5)) {
                cipher.updateAAD(in.bytes(5));
            }
            byte[] encrypted = cipher.doFinal(in.bytes(0));
            out.append(iv, 0, iv.length);
            out.append(encrypted, 0, encrypted.length);
            out.finish();
        } catch (GeneralSecurityException e) {
            throw failed(e);
        }
    }

    private static byte[] decrypt(Input in) {
        byte[] input = in.bytes(0);
        int length = ivLength(in);
        if (input.length < length) {
            throw failed(
                    new GeneralSecurityException(
                            "the input is shorter than the initialisation vector"));
        }
        try {
            Cipher cipher = cipher(in, Cipher.DECRYPT_MODE, Arrays.copyOf(input, length));
            if (in.size() > 4 && in.end(4) > in.start(4)) {
                cipher.updateAAD(in.bytes(4));
            }
            return cipher.doFinal(input, length, input.length - length);
        } catch (GeneralSecurityException e) {
            throw failed(e);
        }
    }

    private static void tryDecrypt(Input in, Output out) {
        byte[] plain;
        try {
            plain = decrypt(in);
        } catch (io.troupe.planner.error.TroupeException undecipherable) {
            return;
        }
        out.set(plain);
    }
}
