import { createHttp, type Http } from "../protocols/rest/http.ts";
import type { UpstreamSettings } from "./upstream-settings.ts";

/** A client whose number of sockets and allowed networks may change while it is used. */
export interface ChangingHttp extends Http {
  /** Calls that begin from now on use the settings; those in flight end on the sockets that they have. */
  change(settings: UpstreamSettings): void;
}

/** Maximum number of sockets if the limit of concurrent calls is unknown. */
const MAX_SOCKETS = 64;

/** Creates a client. Opens no socket before the first call. The caller closes it. */
export function createChangingHttp(baseUrl: string, settings: UpstreamSettings): ChangingHttp {
  const open = ({ budget, networks }: UpstreamSettings): Http =>
    createHttp({ baseUrl, connections: budget.maxConcurrent ?? MAX_SOCKETS, networks });
  /** Opened by the first request: an upstream may be called through a channel only. */
  let http: Http | undefined;
  let current = settings;
  const closing = new Set<Promise<void>>();

  function close(http: Http): void {
    const closed = http.close().finally(() => closing.delete(closed));
    closing.add(closed);
  }

  return {
    send: (request, limits) => (http ??= open(current)).send(request, limits),
    change(changed) {
      const previous = http;
      if (previous !== undefined && socketsOf(changed) !== socketsOf(current)) {
        http = undefined;
        close(previous);
      }
      current = changed;
    },
    async close() {
      if (http !== undefined) close(http);
      await Promise.all(closing);
    },
  };
}

/** Text by which settings that concern the sockets are compared. */
function socketsOf({ budget, networks }: UpstreamSettings): string {
  return JSON.stringify([budget.maxConcurrent, networks.toSorted()]);
}
