/// What a client talks to: sessions with their settings, plans and views; requests in JSON; results
/// as Arrow.
package io.troupe.driver.session;
