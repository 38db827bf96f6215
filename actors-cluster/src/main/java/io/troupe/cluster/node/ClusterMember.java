package io.troupe.cluster.node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;

/// A process of the cluster, as one of them sees it.
///
/// @param address host and port
/// @param status `up`, `joining`, `leaving` …
/// @param roles what it is there for
/// @param reachable whether it answers
/// @param oldest whether it has been there longest, and so decides on others
public record ClusterMember(
        String address, String status, Set<String> roles, boolean reachable, boolean oldest) {
    /// The members that a system knows; any thread may ask.
    public static List<ClusterMember> seenBy(ActorSystem<?> system) {
        CurrentClusterState state = Cluster.get(system).state();
        Member oldest = null;
        for (Member member : state.getMembers()) {
            oldest = oldest == null || member.isOlderThan(oldest) ? member : oldest;
        }
        List<ClusterMember> members = new ArrayList<>();
        for (Member member : state.getMembers()) {
            members.add(
                    new ClusterMember(
                            member.address().hostPort().replaceFirst(".*@", ""),
                            member.status().toString().toLowerCase(java.util.Locale.ROOT),
                            roles(member),
                            !state.getUnreachable().contains(member),
                            member.equals(oldest)));
        }
        members.sort(Comparator.comparing(ClusterMember::address));
        return members;
    }

    /// Those that Troupe gave it: Pekko's own say where it is.
    private static Set<String> roles(Member member) {
        Set<String> roles = new TreeSet<>(member.getRoles());
        roles.removeIf(role -> role.startsWith("dc-"));
        return roles;
    }
}
