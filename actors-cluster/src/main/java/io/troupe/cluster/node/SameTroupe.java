package io.troupe.cluster.node;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/// Lets only processes join that run the same version of Troupe with the same set of wire classes.
public final class SameTroupe extends JoinConfigCompatChecker {
    private static final String KEY = "troupe.identity";

    @Override
    public Seq<String> requiredKeys() {
        return seq(List.of(KEY));
    }

    @Override
    public ConfigValidation check(Config toCheck, Config actual) {
        String theirs = toCheck.hasPath(KEY) ? toCheck.getString(KEY) : "none";
        String ours = actual.getString(KEY);
        if (theirs.equals(ours)) {
            return org.apache.pekko.cluster.Valid$.MODULE$;
        }
        return new org.apache.pekko.cluster.Invalid(
                seq(
                        List.of(
                                "another Troupe wants to join: it is "
                                        + theirs
                                        + ", this is "
                                        + ours)));
    }

    private static Seq<String> seq(List<String> list) {
        return CollectionConverters.asScala(list).toList();
    }
}
