/// The applications that a console shows: the one of its own driver, or those of a folder of logs.
package io.troupe.console.application;
