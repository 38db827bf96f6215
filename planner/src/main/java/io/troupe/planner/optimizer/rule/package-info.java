/// One class per rewrite.
package io.troupe.planner.optimizer.rule;
