/// `/api/v1` in the shape of Spark's REST interface, so that tools written for it work here.
/// `openapi.json` beside these classes describes it.
package io.troupe.console.rest;
