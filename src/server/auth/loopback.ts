const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** Returns true if an address to listen on is reached from this machine only. */
export function isLoopbackAddress(address: string): boolean {
  return isLoopbackHost(address.includes(":") ? `[${address}]` : address);
}

/**
 * Returns true if a Host header names this machine itself. Without authentication, this check blocks an internet page
 * whose own domain name points to 127.0.0.1 (DNS rebinding).
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && URL.canParse(`http://${host}`) && LOOPBACK.test(new URL(`http://${host}`).hostname);
}

/** Returns true if an Origin header names a page of this machine. A browser always sends one, a program sends none. */
export function isLoopbackOrigin(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).host);
}
