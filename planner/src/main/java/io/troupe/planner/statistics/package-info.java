/// What is known of stored tables: counts and distributions from footers and samples. Values only;
/// estimation lives in `estimate`.
package io.troupe.planner.statistics;
