/// Who holds how much memory: one pool per process, a reservation per operator.
package io.troupe.columnar.memory;
