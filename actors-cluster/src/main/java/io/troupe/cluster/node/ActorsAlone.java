package io.troupe.cluster.node;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;

/// Shows an actor system the defaults of the actors' own libraries only. Those of remoting, cluster
/// and streams, which lie on the same class path, would be parsed, and their serializers and
/// extensions made, in a process that has no use for them: a quarter of its start.
final class ActorsAlone extends ClassLoader {
    static final ClassLoader LOADER = new ActorsAlone();

    private static final String DEFAULTS = "reference.conf";

    private final List<URL> defaults =
            Stream.of(
                            org.apache.pekko.actor.ActorSystem.class,
                            org.apache.pekko.actor.typed.ActorSystem.class)
                    .map(ActorsAlone::defaultsOf)
                    .toList();

    private ActorsAlone() {
        super(ActorsAlone.class.getClassLoader());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals(DEFAULTS) ? Collections.enumeration(defaults) : super.getResources(name);
    }

    /// @param member any class of a library
    private static URL defaultsOf(Class<?> member) {
        URL jar = member.getProtectionDomain().getCodeSource().getLocation();
        try {
            return URI.create("jar:" + jar + "!/" + DEFAULTS).toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(jar + " is not the jar of a library", e);
        }
    }
}
