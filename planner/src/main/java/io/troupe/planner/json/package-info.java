/// The JSON protocol of the Python client, and type texts: requests' plans and expressions become
/// parsed trees here; schemas go both ways. Uses parsed, type and error only. The SQL parser uses
/// the type texts.
package io.troupe.planner.json;
