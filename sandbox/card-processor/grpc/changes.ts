import type { ServerHttp2Stream } from "node:http2";
import type { Faults } from "../../shared/faults.ts";
import { messageNamed, SERVICE_PATH } from "../wire/contract.ts";
import { bytesOf, encodeMessage, fieldsOf } from "../wire/encode.ts";
import { KINDS, type Stored } from "../world/objects.ts";
import { timeOf } from "../world/times.ts";
import type { World } from "../world/world.ts";
import { begin, endWith, framed } from "./frames.ts";
import { CallError } from "./status.ts";

export const STREAM_PATH = `${SERVICE_PATH}StreamChanges`;
const HEARTBEAT_MS = 5_000;
/** Changes that are encoded before the client has read the earlier ones. */
const BATCH = 100;
const CHANGE = messageNamed("Change");
/** Field numbers of `Change.object`. */
const FIELDS = new Map(KINDS.map((kind, index) => [kind, 4 + index]));

export interface ChangesOptions {
  readonly world: World;
  readonly faults: Faults;
}

/** The open streams of changes. */
export interface ChangeStreams {
  /** Sends changes for as long as the client listens. */
  serve(stream: ServerHttp2Stream, resumeToken: string): Promise<void>;
  /** Ends every open stream with UNAVAILABLE, or without a status. Returns their number. */
  cut(how: "unavailable" | "reset"): number;
  /** Number of open streams. */
  count(): number;
  /** Number of messages sent to streams, by kind. */
  sent(): Readonly<Record<string, number>>;
}

export function createChangeStreams({ world, faults }: ChangesOptions): ChangeStreams {
  const open = new Set<OpenStream>();
  const sent: Record<string, number> = {};
  world.onCommit(() => {
    for (const one of open) one.wake();
  });
  return {
    async serve(stream, resumeToken) {
      const start = startOf(world, resumeToken, faults.strike("expireCursors", STREAM_PATH) !== undefined);
      const one = new OpenStream(stream);
      open.add(one);
      begin(stream);
      try {
        if (start.isTooOld) await one.send(tooOld(world, start.after));
        await follow({ world, faults, sent }, one, start.after);
      } finally {
        open.delete(one);
      }
    },
    cut(how) {
      for (const { stream } of open) {
        if (how === "reset") stream.close(2); // INTERNAL_ERROR of HTTP/2
        else endWith(stream, "UNAVAILABLE", "the stream was moved to another server");
      }
      return open.size;
    },
    count: () => open.size,
    sent: () => sent,
  };
}

/** A stream that waits for its client, and for changes. */
class OpenStream {
  readonly stream: ServerHttp2Stream;
  wake: () => void = () => undefined;

  constructor(stream: ServerHttp2Stream) {
    this.stream = stream;
  }

  get isOpen(): boolean {
    return !this.stream.destroyed && !this.stream.writableEnded && !this.stream.closed;
  }

  /** Sends no faster than the client reads. */
  async send(message: Uint8Array): Promise<void> {
    if (!this.isOpen || this.stream.write(framed(message))) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        this.stream.off("drain", end).off("close", end);
        resolve();
      };
      this.stream.once("drain", end).once("close", end);
    });
  }

  /** Resolves with the next change, with the end of the stream, or after a while. */
  async rest(): Promise<void> {
    if (!this.isOpen) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.stream.off("close", end);
        resolve();
      };
      const timer = setTimeout(end, HEARTBEAT_MS);
      this.wake = end;
      this.stream.once("close", end);
    });
  }
}

async function follow(
  { world, faults, sent }: ChangesOptions & { readonly sent: Record<string, number> },
  one: OpenStream,
  start: bigint,
): Promise<void> {
  let after = start;
  while (one.isOpen) {
    const changes = world.changesAfter(after).slice(0, BATCH);
    for (const message of disturbed(world, changes, faults, after)) {
      if (faults.strike("cutStreams", STREAM_PATH)) return endWith(one.stream, "UNAVAILABLE", "the server restarts");
      sent[message.kind] = (sent[message.kind] ?? 0) + 1;
      await one.send(message.bytes);
    }
    after = changes.at(-1)?.sequence ?? after;
    if (world.sequence() > after) continue;
    await one.send(heartbeat(world, after));
    if (world.sequence() === after) await one.rest();
  }
}

interface ChangeMessage {
  readonly kind: string;
  readonly bytes: Uint8Array;
}

/** The messages of changes, some of them lost, repeated or exchanged with the next one. */
function* disturbed(
  world: World,
  changes: readonly Stored[],
  faults: Faults,
  start: bigint,
): Generator<ChangeMessage, void> {
  let before = start;
  for (let index = 0; index < changes.length; index += 1) {
    const [change, next] = changes.slice(index);
    if (change === undefined) return;
    if (faults.strike("lose", STREAM_PATH)) {
      before = change.sequence;
    } else if (next !== undefined && faults.strike("reorder", STREAM_PATH)) {
      // the first of the two does not include the other: its token is from before both
      yield message(world, next, before);
      yield message(world, change, next.sequence);
      before = next.sequence;
      index += 1;
    } else {
      yield message(world, change, change.sequence);
      if (faults.strike("duplicate", STREAM_PATH)) yield message(world, change, change.sequence);
      before = change.sequence;
    }
  }
}

function message(world: World, change: Stored, upTo: bigint): ChangeMessage {
  const head = encodeMessage(CHANGE, {
    resumeToken: tokenAt(world, upTo),
    sequence: change.sequence,
    changedAt: timeOf(change.updatedAtMs),
  });
  const object = fieldsOf([[FIELDS.get(change.kind) ?? 0, bytesOf(change)]]);
  return { kind: change.kind, bytes: Buffer.concat([head, object]) };
}

function heartbeat(world: World, after: bigint): Uint8Array {
  const head = { resumeToken: tokenAt(world, after), changedAt: timeOf(Date.now()) };
  return encodeMessage(CHANGE, { ...head, heartbeat: { newestSequence: world.sequence() } });
}

function tooOld(world: World, after: bigint): Uint8Array {
  const head = { resumeToken: tokenAt(world, after), changedAt: timeOf(Date.now()) };
  return encodeMessage(CHANGE, { ...head, tokenTooOld: { oldestSequence: world.state().oldest } });
}

/** A token after a change; one of another data set is too old. */
function tokenAt(world: World, sequence: bigint): string {
  return Buffer.from(`${world.state().createdMs}.${sequence}`).toString("base64url");
}

function startOf(
  world: World,
  resumeToken: string,
  isForced: boolean,
): { readonly after: bigint; readonly isTooOld: boolean } {
  if (resumeToken === "") return { after: world.sequence(), isTooOld: false };
  const [, createdMs, digits] = /^(\d+)\.(\d+)$/u.exec(Buffer.from(resumeToken, "base64url").toString()) ?? [];
  if (createdMs === undefined || digits === undefined)
    throw new CallError("INVALID_ARGUMENT", "resume_token is not a token of this service");
  const { createdMs: own, oldest } = world.state();
  const after = BigInt(digits);
  const isKnown = Number(createdMs) === own && after + 1n >= oldest && after <= world.sequence();
  return isKnown && !isForced ? { after, isTooOld: false } : { after: world.sequence(), isTooOld: true };
}
