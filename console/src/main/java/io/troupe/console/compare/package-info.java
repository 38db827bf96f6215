/// Two runs of an application side by side. Uses the model, nothing else.
package io.troupe.console.compare;
