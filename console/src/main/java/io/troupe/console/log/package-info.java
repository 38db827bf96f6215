/// Event logs as files: which there are, and their lines as they come.
package io.troupe.console.log;
