/// An application as its event log tells it: a fold of events into bounded records. No I/O.
package io.troupe.console.model;
