// Asks the console.

const LONGEST_MILLIS = 30_000;

/** An answer that is an error of the asker's or of the server's, in the server's words. */
export class Trouble extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The JSON document at an address. */
export async function ask(address, parameters) {
  const query = parameters ? `?${new URLSearchParams(parameters)}` : "";
  const answer = await fetch(`${address}${query}`, { signal: AbortSignal.timeout(LONGEST_MILLIS), credentials: "same-origin" });
  const body = await answer.json();
  if (!answer.ok) throw new Trouble(answer.status, body.message ?? `the console answered ${answer.status}`);
  return body;
}

/** The token has become a cookie; it need not stand in the address, where it would be shared with the address. */
export function forgetToken() {
  if (new URLSearchParams(location.search).has("token")) {
    history.replaceState(null, "", location.pathname + location.hash);
  }
}
