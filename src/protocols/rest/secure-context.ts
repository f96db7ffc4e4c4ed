import { X509Certificate } from "node:crypto";
import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import { ServiceError } from "../../domain/error.ts";

/** Certificates of one upstream, all as PEM. */
export interface TlsIdentity {
  /** Certificate authorities that are trusted in addition to the system's. */
  readonly ca?: string;
  /** Certificate that we prove our identity by, with `key`. */
  readonly certificate?: string;
  /** Private key of `certificate`. Secret. */
  readonly key?: string;
}

/** Context of all upstreams without certificates of their own: each costs a copy of the system's certificates. */
let systemContext: SecureContext | undefined;

/**
 * Returns the context of TLS connections. Certificates of servers are verified by the caller that connects with it.
 * @throws ServiceError INVALID_INPUT for a certificate that is not a PEM, or a key that does not fit
 */
export function secureContext({ ca, certificate, key }: TlsIdentity): SecureContext {
  if (ca === undefined && certificate === undefined && key === undefined) {
    return (systemContext ??= createSecureContext({ minVersion: "TLSv1.2" }));
  }
  if (ca !== undefined) requirePem(ca, "the certificate authorities");
  if (certificate !== undefined) requirePem(certificate, "the client certificate");
  if ((certificate === undefined) !== (key === undefined)) {
    throw new ServiceError("INVALID_INPUT", "a client certificate and its key must be given together");
  }
  try {
    return createSecureContext({
      minVersion: "TLSv1.2",
      ...(ca !== undefined && { ca: [...getCACertificates("default"), ca] }),
      ...(certificate !== undefined && { cert: certificate }),
      ...(key !== undefined && { key }),
    });
  } catch {
    // without the cause, which may quote the key
    throw new ServiceError("INVALID_INPUT", "the key must be the PEM of the client certificate's private key");
  }
}

function requirePem(text: string, what: string): void {
  try {
    void new X509Certificate(text); // throws for an invalid PEM; a context would silently ignore it
  } catch (reason) {
    throw new ServiceError("INVALID_INPUT", `${what} must be PEM`, { cause: reason });
  }
}
