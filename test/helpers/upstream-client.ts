import type { UpstreamClient } from "../../src/connector-api/client.ts";

/** Returns a client of a test that makes HTTP requests only; by default none. */
export function httpClient(
  send: UpstreamClient["send"] = () => Promise.reject(new Error("this test calls no upstream")),
): UpstreamClient {
  return {
    send,
    call: () => Promise.reject(new Error("this test uses no channel")),
    follow() {
      throw new Error("this test uses no channel");
    },
  };
}
