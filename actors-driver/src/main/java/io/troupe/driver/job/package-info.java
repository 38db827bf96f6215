/// The border between sessions and schedulers: a planned query goes in, batches come out.
package io.troupe.driver.job;
