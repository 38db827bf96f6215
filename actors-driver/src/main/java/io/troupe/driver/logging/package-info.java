/// What the processes of an application log for people: lines on stderr.
package io.troupe.driver.logging;
