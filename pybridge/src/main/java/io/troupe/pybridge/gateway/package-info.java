/// How a Python client reaches this JVM: Py4J for calls, one loopback socket for bulk data, a
/// private file that tells both.
package io.troupe.pybridge.gateway;
