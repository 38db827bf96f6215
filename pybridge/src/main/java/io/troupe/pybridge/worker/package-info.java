/// Child Python processes: starting, pooling, their pipes and frames, and how they die.
package io.troupe.pybridge.worker;
