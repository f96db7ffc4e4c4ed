/** Address of a source's calls, and the credential whose budget they use. */
export interface UpstreamTarget {
  /**
   * Scheme, host and port, with an optional path prefix and no trailing slash. The scheme is http or https, unless every
   * call is made through a channel.
   */
  readonly baseUrl: string;
  /** Identity by which the upstream counts calls, usually the key. It is hashed before it is stored or shown. */
  readonly credential: string;
  /** Identity by which it also counts the calls of all its platform's sources together. Absent: it does not. */
  readonly platformCredential?: string;
}
