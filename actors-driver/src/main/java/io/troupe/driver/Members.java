package io.troupe.driver;

import io.troupe.cluster.node.ClusterMember;
import io.troupe.console.http.Answer;
import io.troupe.console.http.Request;
import io.troupe.console.http.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// `/pages/ID/members`: the processes of the cluster that the application runs on, as its driver
/// sees them.
///
/// @param application whose driver it is
/// @param members who is there
record Members(String application, Supplier<List<ClusterMember>> members) implements Section {
    @Override
    public Optional<Answer> answer(Request request) {
        return request.path().equals(List.of("pages", application, "members"))
                ? Optional.of(Answer.json(members.get().stream().map(Members::of).toList()))
                : Optional.empty();
    }

    private static Map<String, Object> of(ClusterMember member) {
        return Map.of(
                "address", member.address(),
                "status", member.status(),
                "roles", List.copyOf(member.roles()),
                "reachable", member.reachable(),
                "oldest", member.oldest());
    }
}
