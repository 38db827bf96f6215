/// What the console's own pages show, as JSON. Its form may change with any version: tools use
/// `/api/v1`.
package io.troupe.console.page;
