/// JSON in and out: requests of the Python client, schemas, documents of plain maps and lists.
package io.troupe.planner.json;
