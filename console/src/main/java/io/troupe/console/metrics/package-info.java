/// `/metrics` in the OpenMetrics text format. `docs/console.md` lists the names.
package io.troupe.console.metrics;
