package io.troupe.cluster.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Who may talk to a process of the cluster.
public sealed interface ClusterSecurity {
    /// Name of the key store in a folder that `troupe cert` made: PKCS #12, one key with its
    /// certificate, which is also the only one that is trusted.
    String KEY_STORE = "cluster.p12";

    /// Name of the file with the key store's password.
    String PASSWORD = "cluster.password";

    /// Whoever can reach the port.
    record Open() implements ClusterSecurity {}

    /// Who holds the cluster's key: TLS 1.3 (or 1.2), both sides show their certificate.
    ///
    /// @param keyStore the PKCS #12 file
    /// @param password of the file and its key
    record MutualTls(Path keyStore, String password) implements ClusterSecurity {
        @Override
        public String toString() {
            return "MutualTls[" + keyStore + "]";
        }

        /// What sockets are made of.
        ///
        /// @throws IOException naming the key store, if it cannot be read or the password is wrong
        public SSLContext context() throws IOException {
            try (InputStream file = Files.newInputStream(keyStore)) {
                KeyStore keys = KeyStore.getInstance("PKCS12");
                keys.load(file, password.toCharArray());
                KeyManagerFactory own =
                        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                own.init(keys, password.toCharArray());
                TrustManagerFactory others =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                others.init(keys);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(own.getKeyManagers(), others.getTrustManagers(), new SecureRandom());
                return context;
            } catch (GeneralSecurityException e) {
                throw new IOException("cannot use " + keyStore + ": " + e.getMessage(), e);
            }
        }
    }

    /// The security that a folder holds the keys of.
    ///
    /// @param folder made by `troupe cert`; empty for none
    /// @throws IOException naming the folder and the remedy, if it holds no usable keys
    static ClusterSecurity of(String folder) throws IOException {
        if (folder.isBlank()) {
            return new Open();
        }
        Path store = Path.of(folder, KEY_STORE);
        Path password = Path.of(folder, PASSWORD);
        if (!Files.isReadable(store) || !Files.isReadable(password)) {
            throw new IOException(
                    "the folder "
                            + folder
                            + " holds no keys of a cluster ("
                            + KEY_STORE
                            + " and "
                            + PASSWORD
                            + "). Make them once with `troupe cert FOLDER` and copy the folder to every machine.");
        }
        MutualTls tls =
                new MutualTls(store, Files.readString(password, StandardCharsets.UTF_8).strip());
        tls.context();
        return tls;
    }

    /// Checks that what listens on a host asks for keys, unless only this machine reaches it.
    ///
    /// @param accepted whether the user said that nobody need be asked
    /// @throws IOException with the remedy
    default void permit(String host, boolean accepted) throws IOException {
        if (this instanceof Open && !accepted && !isLoopback(host)) {
            throw new IOException(
                    "other machines can reach "
                            + host
                            + ", and whoever can may run code here as you. Give --tls FOLDER with keys made by `troupe"
                            + " cert FOLDER` (in a script: the setting troupe.tls.folder), or say --insecure"
                            + " (troupe.insecure=true) if the network is the cluster's own.");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
