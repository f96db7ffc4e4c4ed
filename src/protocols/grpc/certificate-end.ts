import { X509Certificate } from "node:crypto";

/** Returns the end of a certificate's validity, RFC 3339; undefined if there is no certificate that can be read. */
export function certificateEnd(pem: string | undefined): string | undefined {
  if (pem === undefined) return undefined;
  try {
    return new X509Certificate(pem).validToDate.toISOString();
  } catch {
    return undefined; // the first connection reports it, and names the setting
  }
}
