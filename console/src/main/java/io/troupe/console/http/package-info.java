/// The console's HTTP: the server, who may ask what, requests and answers. Knows no application.
package io.troupe.console.http;
