/// What is wrong with an application and what one change would help: rules over its model, one
/// class each, in words.
package io.troupe.console.finding;
