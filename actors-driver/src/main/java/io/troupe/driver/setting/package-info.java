/// Reading of settings' texts.
package io.troupe.driver.setting;
