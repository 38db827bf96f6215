/// The driver: one application's sessions, jobs, schedulers and registries.
package io.troupe.driver;
