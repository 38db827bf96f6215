package io.troupe.columnar.operator.join;

import io.troupe.columnar.compile.VectorPredicate;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.type.DataType;
import java.util.List;
import java.util.function.Supplier;

/// What a join does, seen from its probe side. `output` names where each output column comes from;
/// `candidate` the columns that the residual condition reads (by position there), null when there
/// is no residual.
public record JoinShape(
        Emission emission,
        boolean probeUnmatched,
        boolean buildUnmatched,
        List<Source> output,
        List<Source> candidate,
        Supplier<VectorPredicate> residual,
        List<DataType> buildTypes,
        List<DataType> probeTypes) {
    /// What becomes of matches.
    public enum Emission {
        /// Pairs of rows.
        PAIRS,
        /// Probe rows with a match.
        PROBE_MATCHED,
        /// Probe rows without a match.
        PROBE_UNMATCHED,
        /// As above; nothing when the build side has a null key.
        PROBE_UNMATCHED_NULL_AWARE,
        /// All probe rows, with a boolean.
        PROBE_MARKED,
        /// Build rows with a match, after all probing.
        BUILD_MATCHED,
        BUILD_UNMATCHED,
        BUILD_MARKED
    }

    /// Which rows of the build side a join needs.
    public enum BuildRows {
        /// None: only which keys there are, for joins that ask nothing else.
        NONE,
        /// Those that can find a partner.
        KEYED,
        /// Those with a null key too, for joins that give unmatched build rows.
        ALL
    }

    /// A column of one side, or the boolean of EXISTENCE (`Side.MARK`).
    public record Source(Side side, int column) {}

    public enum Side {
        PROBE,
        BUILD,
        MARK
    }

    /// The emission of a join kind when the probe side is the left or the right child.
    public static Emission emission(JoinKind kind, boolean probeIsLeft) {
        return switch (kind) {
            case INNER, LEFT, RIGHT, FULL -> Emission.PAIRS;
            case LEFT_SEMI -> probeIsLeft ? Emission.PROBE_MATCHED : Emission.BUILD_MATCHED;
            case LEFT_ANTI -> probeIsLeft ? Emission.PROBE_UNMATCHED : Emission.BUILD_UNMATCHED;
            case NULL_AWARE_ANTI -> Emission.PROBE_UNMATCHED_NULL_AWARE;
            case EXISTENCE -> probeIsLeft ? Emission.PROBE_MARKED : Emission.BUILD_MARKED;
        };
    }

    public static boolean probeUnmatched(JoinKind kind, boolean probeIsLeft) {
        return kind == JoinKind.FULL || kind == (probeIsLeft ? JoinKind.LEFT : JoinKind.RIGHT);
    }

    public static boolean buildUnmatched(JoinKind kind, boolean probeIsLeft) {
        return kind == JoinKind.FULL || kind == (probeIsLeft ? JoinKind.RIGHT : JoinKind.LEFT);
    }

    /// Whether build rows without partner matter at the end.
    public boolean marksBuild() {
        return buildUnmatched
                || switch (emission) {
                    case BUILD_MATCHED, BUILD_UNMATCHED, BUILD_MARKED -> true;
                    default -> false;
                };
    }

    /// What the join needs of the build rows: where only the existence of a match counts and
    /// nothing but the keys decides it, no row is needed.
    public BuildRows buildRows() {
        if (marksBuild()) {
            return BuildRows.ALL;
        }
        return emission == Emission.PAIRS || candidate != null ? BuildRows.KEYED : BuildRows.NONE;
    }

    /// The same over probe batches that carry `keys` more columns in front.
    JoinShape behind(int keys) {
        return new JoinShape(
                emission,
                probeUnmatched,
                buildUnmatched,
                shift(output, keys),
                candidate == null ? null : shift(candidate, keys),
                residual,
                buildTypes,
                probeTypes);
    }

    private static List<Source> shift(List<Source> sources, int keys) {
        return sources.stream()
                .map(source ->
                        source.side() == Side.PROBE
                                ? new Source(source.side(), source.column() + keys)
                                : source)
                .toList();
    }

    /// Whether a join with an empty build side has an empty result.
    boolean needsBuildRows() {
        return emission == Emission.PAIRS && !probeUnmatched
                || emission == Emission.PROBE_MATCHED
                || emission == Emission.BUILD_MATCHED;
    }
}
