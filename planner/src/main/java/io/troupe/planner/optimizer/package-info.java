/// Rewrites logical plans into cheaper ones with the same result. The optimizer owns order,
/// repetition and checks; rules own one rewrite each.
package io.troupe.planner.optimizer;
