import { setTimeout as pause } from "node:timers/promises";
import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { failureText } from "../../shared/listen.ts";
import { wrongDate } from "../../shared/wrong-date.ts";
import type { ChangeStreams } from "./changes.ts";
import { STREAM_PATH } from "./changes.ts";
import { begin, endWith, framed, readMessage, refuse } from "./frames.ts";
import { exhausted, type Limiter } from "./limits.ts";
import { type Method, type MethodOptions, METHODS } from "./methods.ts";
import { readResumeToken } from "./requests.ts";
import { CallError, STATUS } from "./status.ts";

export interface ServerOptions extends MethodOptions {
  readonly apiKey: string;
  readonly limiter: Limiter;
  readonly streams: ChangeStreams;
  /** Called for each call with its status; undefined for a call that ended without one. */
  readonly onCall: (path: string, status: number | undefined) => void;
  readonly signal: AbortSignal;
}

/** Bytes that are more than clients accept by default, 4 MiB. */
const HUGE_BYTES = 4 * 1024 * 1024 + 1;
/** Field that no message of the contract has. */
const PADDING_FIELD_TAG = Buffer.from([0xfa, 0x7f]); // field 2047, length-delimited

/** Handler of the calls of the contract. */
export function createServer(options: ServerOptions) {
  return async (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> => {
    const path = headers[":path"] ?? "";
    if (!headers["content-type"]?.startsWith("application/grpc")) {
      stream.respond({ ":status": 415 }, { endStream: true });
      return;
    }
    try {
      await serve(options, { stream, headers, path });
    } catch (reason) {
      if (stream.destroyed || stream.aborted) return options.onCall(path, undefined);
      const error = reason instanceof CallError ? reason : new CallError("UNKNOWN", failureText(reason));
      options.onCall(path, STATUS[error.status]);
      refuse(stream, error);
    }
  };
}

interface Call {
  readonly stream: ServerHttp2Stream;
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
}

async function serve(options: ServerOptions, call: Call): Promise<void> {
  const { stream, path } = call;
  const request = await readMessage(stream);
  const method = METHODS.get(path);
  if (method === undefined && path !== STREAM_PATH) throw new CallError("UNIMPLEMENTED", `there is no method ${path}`);
  if (!(await admit(options, call))) return options.onCall(path, undefined);
  if (method !== undefined) return await answer(options, call, method, request);
  const { streams } = options.limiter.get();
  if (streams !== undefined && options.streams.count() >= streams) throw exhausted(undefined);
  const resumeToken = readResumeToken(request);
  options.onCall(path, STATUS.OK);
  await options.streams.serve(stream, resumeToken);
}

/** False: the call gets no response. */
async function admit({ faults, apiKey, limiter, signal }: ServerOptions, { stream, headers, path }: Call) {
  const latency = faults.strike("latencyMs", path);
  if (latency) await pause(latency.value ?? 1000, undefined, { signal }).catch(() => undefined);
  if (faults.strike("neverRespond", path)) return false;
  if (faults.strike("resetStreams", path)) {
    stream.close(constants.NGHTTP2_REFUSED_STREAM);
    return false;
  }
  if (headers.authorization !== `Bearer ${apiKey}` || faults.strike("unauthorized", path))
    throw new CallError("UNAUTHENTICATED", "the API key is not valid");
  const limited = faults.strike("rate429", path) ?? faults.strike("burst429", path);
  if (limited) throw exhausted(limited.retryAfter);
  limiter.take();
  if (faults.strike("rate500", path)) throw new CallError("UNAVAILABLE", "the service is not available");
  return true;
}

async function answer(options: ServerOptions, { stream, path }: Call, method: Method, request: Uint8Array) {
  const { faults, onCall } = options;
  const bytes = method(options, request, path);
  if (faults.strike("dropAfterEffect", path)) {
    onCall(path, undefined);
    stream.session?.destroy();
    return;
  }
  onCall(path, STATUS.OK);
  if (faults.strike("htmlBodies", path)) {
    stream.respond({ ":status": 502, "content-type": "text/html" });
    stream.end("<html><body>502 Bad Gateway</body></html>");
    return;
  }
  begin(stream, wrongDate(faults, path));
  if (faults.strike("emptyBodies", path)) return endWith(stream, "OK");
  if (faults.strike("truncateBodies", path)) {
    const frame = framed(bytes);
    stream.write(frame.subarray(0, Math.ceil(frame.length / 2)));
    return endWith(stream, "OK");
  }
  stream.write(framed(disturbed(bytes, options, path)));
  endWith(stream, "OK");
  if (faults.strike("goAway", path)) stream.session?.goaway(constants.NGHTTP2_NO_ERROR);
  if (faults.strike("halfClose", path)) stream.session?.close();
}

/** The message, replaced by bytes that are none, or padded beyond what clients accept. */
function disturbed(bytes: Uint8Array, { faults }: ServerOptions, path: string): Uint8Array {
  if (faults.strike("malformedBodies", path)) return bytes.map((byte, index) => (index % 7 === 0 ? 0xff : byte));
  if (!faults.strike("hugeBodies", path)) return bytes;
  const length = Buffer.from([0x81, 0x80, 0x80, 0x02]); // HUGE_BYTES as a varint
  return Buffer.concat([bytes, PADDING_FIELD_TAG, length, Buffer.alloc(HUGE_BYTES)]);
}
