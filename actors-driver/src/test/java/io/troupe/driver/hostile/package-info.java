/// What comes from outside, damaged by chance: it is read, or refused with the error that is meant
/// for that; nothing else happens. Each build plays fresh seeds; a failure names its own.
package io.troupe.driver.hostile;
