package io.troupe.console.model;

import java.util.LinkedHashMap;
import java.util.Map;

/// Where a sampler found the user's Python functions: a tree of frames, bounded.
public final class Stacks {
    private static final int MOST_FRAMES = 20_000;
    private static final int DEEPEST = 64;

    private final Frame root = new Frame();
    private int frames;

    /// A frame, as called by its parent.
    public static final class Frame {
        private final Map<String, Frame> callees = new LinkedHashMap<>();
        private long nanos;

        /// Time in it and in what it calls.
        public long nanos() {
            return nanos;
        }

        /// What it calls, by name.
        public Map<String, Frame> callees() {
            return callees;
        }
    }

    /// Adds samples. Where there is no more room for a frame, its time counts for its caller.
    ///
    /// @param stack names from the outermost, divided by `;`
    void add(String stack, long nanos) {
        Frame at = root;
        at.nanos += nanos;
        for (String name : stack.split(";", DEEPEST)) {
            Frame callee = at.callees.get(name);
            if (callee == null) {
                if (frames >= MOST_FRAMES) {
                    return;
                }
                callee = new Frame();
                at.callees.put(name, callee);
                frames++;
            }
            callee.nanos += nanos;
            at = callee;
        }
    }

    /// The frame above all functions.
    public Frame root() {
        return root;
    }
}
