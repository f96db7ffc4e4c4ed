/*
 * Every status that Sluice itself keeps, as a table: the states, the signals, and what each signal does in each state.
 * SQL statements, CHECK constraints and the drawings in docs/lifecycles.md are compared with these tables by tests.
 */

/** Result of a signal that leaves the status as it is. */
export interface SignalWithoutEffect {
  /** `refused`: the caller gets an error. `ignored`: the call succeeds and does nothing. */
  readonly unchanged: "ignored" | "refused";
  readonly reason: string;
}

export interface Lifecycle<State extends string, Signal extends string, Terminal extends State = State> {
  /** States in which a new row may be. */
  readonly initial: readonly State[];
  /** States that no signal leaves. */
  readonly terminal: readonly Terminal[];
  readonly next: Readonly<Record<State, Readonly<Record<Signal, State | SignalWithoutEffect>>>>;
}

const ignored = (reason: string): SignalWithoutEffect => ({ unchanged: "ignored", reason });
const refused = (reason: string): SignalWithoutEffect => ({ unchanged: "refused", reason });

/** Current ability of a source to be read. */
export type SourceStatus = "ACTIVE" | "PAUSED" | "NEEDS_CREDENTIALS" | "UNREACHABLE" | "FAILING";
/**
 * `succeed`: a call to the upstream or a check of the credentials succeeded. `reject`: the upstream refused the
 * credentials. `fail`: calls have had no usable response for a while. `failRuns`: runs keep failing because a stream
 * cannot be read. `recover`: every stream can be read again.
 */
export type SourceSignal = "pause" | "resume" | "succeed" | "reject" | "fail" | "failRuns" | "recover";

const NOT_PAUSED = ignored("the source is not paused");
const SAME_STATUS = ignored("the source has this status already");
const PAUSED = ignored("only resumeSource ends a pause");
const NOT_FAILING = ignored("no stream of the source keeps failing");

export const SOURCE: Lifecycle<SourceStatus, SourceSignal> = {
  initial: ["ACTIVE"],
  terminal: [],
  next: {
    ACTIVE: {
      pause: "PAUSED",
      resume: NOT_PAUSED,
      succeed: SAME_STATUS,
      reject: "NEEDS_CREDENTIALS",
      fail: "UNREACHABLE",
      failRuns: "FAILING",
      recover: NOT_FAILING,
    },
    PAUSED: {
      pause: SAME_STATUS,
      resume: "ACTIVE",
      succeed: PAUSED,
      reject: PAUSED,
      fail: PAUSED,
      failRuns: PAUSED,
      recover: PAUSED,
    },
    NEEDS_CREDENTIALS: {
      pause: "PAUSED",
      resume: NOT_PAUSED,
      succeed: "ACTIVE",
      reject: SAME_STATUS,
      fail: ignored("an outage does not make refused credentials valid"),
      failRuns: ignored("runs fail because the credentials are refused"),
      recover: NOT_FAILING,
    },
    UNREACHABLE: {
      pause: "PAUSED",
      resume: NOT_PAUSED,
      succeed: "ACTIVE",
      reject: "NEEDS_CREDENTIALS",
      fail: SAME_STATUS,
      failRuns: "FAILING",
      recover: NOT_FAILING,
    },
    FAILING: {
      pause: "PAUSED",
      resume: NOT_PAUSED,
      succeed: ignored("one call that succeeds does not mean that every stream can be read"),
      reject: "NEEDS_CREDENTIALS",
      fail: "UNREACHABLE",
      failRuns: SAME_STATUS,
      recover: "ACTIVE",
    },
  },
};

/** State of a source that was connected while the service runs. Its row is deleted when its data is erased. */
export type ConnectionStatus = "CONNECTED" | "DISCONNECTED" | "ERASING";
/** `change`: of its settings or credentials. `disconnect`: its data is kept. `erase`: it is disconnected, its data is deleted. */
export type ConnectionSignal = "connect" | "change" | "disconnect" | "erase";

const NOT_CONNECTED = refused("the source is disconnected");
const BEING_ERASED = refused("the data of the source is being erased");

export const CONNECTION: Lifecycle<ConnectionStatus, ConnectionSignal> = {
  initial: ["CONNECTED"],
  terminal: [],
  next: {
    CONNECTED: {
      connect: refused("a source with this id is connected"),
      change: "CONNECTED",
      disconnect: "DISCONNECTED",
      erase: "ERASING",
    },
    DISCONNECTED: {
      connect: "CONNECTED",
      change: NOT_CONNECTED,
      disconnect: ignored("the source is disconnected already"),
      erase: "ERASING",
    },
    ERASING: {
      connect: BEING_ERASED,
      change: BEING_ERASED,
      disconnect: BEING_ERASED,
      erase: ignored("the data of the source is being erased already"),
    },
  },
};

export type RunStatus = "QUEUED" | "RUNNING" | EndedRunStatus;
/** Results with which a run, or one stream of it, ends. */
export type EndedRunStatus = "SUCCEEDED" | "FAILED" | "CANCELED";
/** `begin`: a worker claims a stream of the run. The others: the last open stream of the run has ended. */
export type RunSignal = "begin" | "succeed" | "fail" | "cancel";

const RUN_ENDED = ignored("the run has ended");
const NEVER_READ = ignored("no stream of the run was claimed");
const RUN_IS_OVER: Readonly<Record<RunSignal, SignalWithoutEffect>> = {
  begin: RUN_ENDED,
  succeed: RUN_ENDED,
  fail: RUN_ENDED,
  cancel: RUN_ENDED,
};

export const RUN: Lifecycle<RunStatus, RunSignal, EndedRunStatus> = {
  initial: ["QUEUED"],
  terminal: ["SUCCEEDED", "FAILED", "CANCELED"],
  next: {
    QUEUED: { begin: "RUNNING", succeed: NEVER_READ, fail: NEVER_READ, cancel: "CANCELED" },
    RUNNING: { begin: "RUNNING", succeed: "SUCCEEDED", fail: "FAILED", cancel: "CANCELED" },
    SUCCEEDED: RUN_IS_OVER,
    FAILED: RUN_IS_OVER,
    CANCELED: RUN_IS_OVER,
  },
};

/** Status of one stream of a run. */
export type StreamStatus = RunStatus;
/**
 * `claim`: a worker takes the stream's lease. `postpone`: its worker gives it back, to be read later. `cancel`: by
 * `cancelSync` while no worker reads the stream, otherwise by its worker at the next check.
 */
export type StreamSignal = "claim" | "postpone" | "succeed" | "fail" | "cancel";

const STREAM_ENDED = ignored("the stream has ended");
const NOT_CLAIMED = ignored("no worker has claimed the stream");
const STREAM_IS_OVER: Readonly<Record<StreamSignal, SignalWithoutEffect>> = {
  claim: STREAM_ENDED,
  postpone: STREAM_ENDED,
  succeed: STREAM_ENDED,
  fail: STREAM_ENDED,
  cancel: STREAM_ENDED,
};

export const STREAM: Lifecycle<StreamStatus, StreamSignal, EndedRunStatus> = {
  initial: ["QUEUED"],
  terminal: ["SUCCEEDED", "FAILED", "CANCELED"],
  next: {
    QUEUED: { claim: "RUNNING", postpone: NOT_CLAIMED, succeed: NOT_CLAIMED, fail: NOT_CLAIMED, cancel: "CANCELED" },
    RUNNING: { claim: "RUNNING", postpone: "RUNNING", succeed: "SUCCEEDED", fail: "FAILED", cancel: "CANCELED" },
    SUCCEEDED: STREAM_IS_OVER,
    FAILED: STREAM_IS_OVER,
    CANCELED: STREAM_IS_OVER,
  },
};

/**
 * Processing state of a delivery. `PARKED`: no longer attempted, stored with its evidence until somebody replays it.
 * `DISCARDED`: somebody decided, with a reason, that it is not to be applied.
 */
export type DeliveryStatus = "PENDING" | "APPLIED" | "PARKED" | "DISCARDED";
/** `retry`: an attempt failed and another one will follow. `park`: an attempt failed and no other one would succeed. */
export type DeliverySignal = "apply" | "retry" | "park" | "discard" | "replay";

const NOT_PENDING = ignored("the delivery is not waiting to be applied");
const NOT_ATTEMPTED = { apply: NOT_PENDING, retry: NOT_PENDING, park: NOT_PENDING } as const;

export const DELIVERY: Lifecycle<DeliveryStatus, DeliverySignal> = {
  initial: ["PENDING"],
  terminal: [],
  next: {
    PENDING: { apply: "APPLIED", retry: "PENDING", park: "PARKED", discard: "DISCARDED", replay: "PENDING" },
    APPLIED: { ...NOT_ATTEMPTED, discard: refused("the delivery is already applied"), replay: "PENDING" },
    PARKED: { ...NOT_ATTEMPTED, discard: "DISCARDED", replay: "PENDING" },
    DISCARDED: { ...NOT_ATTEMPTED, discard: ignored("the delivery is discarded already"), replay: "PENDING" },
  },
};

/**
 * `ACCEPTED`: parsed once and stored, to be applied; `STORED`: applied completely; `REFUSED`: stored, but no part of it
 * is used.
 */
export type FileStatus = "ACCEPTED" | "STORED" | "REFUSED";
/**
 * `accept` and `refuse`: the file was sent and is readable, or not. `postpone`: applying it failed, or was interrupted.
 * `store`: all of it is applied. `reaccept` and `rerefuse`: it was replayed and is readable now, or not.
 */
export type FileSignal = "accept" | "refuse" | "postpone" | "store" | "reaccept" | "rerefuse";

const ALREADY_ACCEPTED = ignored("the file was sent before and is being applied");
const ALREADY_STORED = ignored("the file was sent before and is applied");
const PARTLY_USED = ignored("data of the file may be in use, and its next parse may be the wrong one");
const NOT_ACCEPTED = refused("the file is not waiting to be applied");

export const FILE: Lifecycle<FileStatus, FileSignal> = {
  initial: ["ACCEPTED", "REFUSED"],
  terminal: [],
  next: {
    ACCEPTED: {
      accept: ALREADY_ACCEPTED,
      refuse: ALREADY_ACCEPTED,
      postpone: "ACCEPTED",
      store: "STORED",
      reaccept: "ACCEPTED",
      rerefuse: PARTLY_USED,
    },
    STORED: {
      accept: ALREADY_STORED,
      refuse: ALREADY_STORED,
      postpone: NOT_ACCEPTED,
      store: NOT_ACCEPTED,
      reaccept: "ACCEPTED",
      rerefuse: PARTLY_USED,
    },
    REFUSED: {
      accept: "ACCEPTED",
      refuse: "REFUSED",
      postpone: NOT_ACCEPTED,
      store: NOT_ACCEPTED,
      reaccept: "ACCEPTED",
      rerefuse: "REFUSED",
    },
  },
};

export type QuarantineStatus = "OPEN" | "RESOLVED" | "DISCARDED";
/**
 * `fail`: the record could not be applied. `resolve`: its object was applied, or its place is readable now. `discard`: a
 * person decided that it need not be applied. `reopen`: it is tried again.
 */
export type QuarantineSignal = "fail" | "resolve" | "discard" | "reopen";

const RECORD_RESOLVED = ignored("the record is resolved already");

export const QUARANTINE: Lifecycle<QuarantineStatus, QuarantineSignal> = {
  initial: ["OPEN"],
  terminal: [],
  next: {
    OPEN: { fail: "OPEN", resolve: "RESOLVED", discard: "DISCARDED", reopen: ignored("the record is open") },
    RESOLVED: { fail: "OPEN", resolve: RECORD_RESOLVED, discard: RECORD_RESOLVED, reopen: RECORD_RESOLVED },
    DISCARDED: {
      fail: ignored("the decision is about every time that it fails in this way"),
      resolve: "RESOLVED",
      discard: ignored("the record is discarded already"),
      reopen: "OPEN",
    },
  },
};

export type EvidencePackStatus = "QUEUED" | EndedEvidencePackStatus;
export type EndedEvidencePackStatus = "READY" | "FAILED" | "CANCELED";
/** `finish`: the archive is complete. `fail`: it cannot be written. `cancel`: a person no longer needs it. */
export type EvidencePackSignal = "finish" | "fail" | "cancel";

const PACK_ENDED = { finish: refused("it has ended"), fail: refused("it has ended"), cancel: ignored("it has ended") };

export const EVIDENCE_PACK: Lifecycle<EvidencePackStatus, EvidencePackSignal, EndedEvidencePackStatus> = {
  initial: ["QUEUED"],
  terminal: ["READY", "FAILED", "CANCELED"],
  next: {
    QUEUED: { finish: "READY", fail: "FAILED", cancel: "CANCELED" },
    READY: PACK_ENDED,
    FAILED: PACK_ENDED,
    CANCELED: PACK_ENDED,
  },
};

/**
 * State of a change feed. `CONNECTING`: a process opens the connection, or none follows the feed yet. `WAITING`: the
 * connection is open, and the upstream sends nothing before something else has happened. The graph adds `PAUSED`, for
 * the feed of a paused source, whatever the state that is stored.
 */
export type FeedState = "CONNECTING" | "FOLLOWING" | "WAITING" | "FAILED";
/**
 * `connect`: a process takes the lease. `receive`: a message arrived. `wait`: a message says what the upstream waits for.
 * `fail`: the connection, or a commit, failed. `release`: its process stops, or no longer follows it.
 */
export type FeedSignal = "connect" | "receive" | "wait" | "fail" | "release";

const NOT_RECEIVED = ignored("it has failed until a message arrives");

export const FEED: Lifecycle<FeedState, FeedSignal> = {
  initial: ["CONNECTING"],
  terminal: [],
  next: {
    CONNECTING: {
      connect: "CONNECTING",
      receive: "FOLLOWING",
      wait: "WAITING",
      fail: "FAILED",
      release: "CONNECTING",
    },
    FOLLOWING: {
      connect: "CONNECTING",
      receive: "FOLLOWING",
      wait: "WAITING",
      fail: "FAILED",
      release: "CONNECTING",
    },
    WAITING: {
      connect: "CONNECTING",
      receive: "FOLLOWING",
      wait: "WAITING",
      fail: "FAILED",
      release: "CONNECTING",
    },
    FAILED: {
      connect: NOT_RECEIVED,
      receive: "FOLLOWING",
      wait: "WAITING",
      fail: "FAILED",
      release: NOT_RECEIVED,
    },
  },
};

/**
 * State of a message to one endpoint. `MUTED`: it waits for the end of a muting. `SUPERSEDED`: what it reports was over
 * before the first attempt to send it, so nothing was sent.
 */
export type AlertStatus = "PENDING" | "MUTED" | "DELIVERED" | "FAILED" | "SUPERSEDED";
/**
 * `deliver`: the receiver has accepted it. `retry`: an attempt failed and another one will follow. `giveUp`: no further
 * attempt will follow. `mute` and `unmute`: by people, and `unmute` also by the end of the muting. `supersede`: what it
 * reports is over, or was the same again, before the first attempt. `resend`: by people.
 */
export type AlertSignal = "deliver" | "retry" | "giveUp" | "mute" | "unmute" | "supersede" | "resend";

const ALERT_ENDED = ignored("the message has ended");
const ALERT_MUTED = ignored("a muted message is not sent");
const ENDED_ALERT = {
  deliver: ALERT_ENDED,
  retry: ALERT_ENDED,
  giveUp: ALERT_ENDED,
  mute: ALERT_ENDED,
  unmute: ALERT_ENDED,
  supersede: ALERT_ENDED,
  resend: "PENDING",
} as const;

export const ALERT: Lifecycle<AlertStatus, AlertSignal> = {
  initial: ["PENDING", "MUTED", "SUPERSEDED"],
  terminal: [],
  next: {
    PENDING: {
      deliver: "DELIVERED",
      retry: "PENDING",
      giveUp: "FAILED",
      mute: "MUTED",
      unmute: ignored("the message is not muted"),
      supersede: "SUPERSEDED",
      resend: "PENDING",
    },
    MUTED: {
      deliver: ALERT_MUTED,
      retry: ALERT_MUTED,
      giveUp: "FAILED",
      mute: "MUTED",
      unmute: "PENDING",
      supersede: "SUPERSEDED",
      resend: "PENDING",
    },
    DELIVERED: ENDED_ALERT,
    FAILED: ENDED_ALERT,
    SUPERSEDED: ENDED_ALERT,
  },
};

/**
 * Whether messages are sent to an endpoint. `DISABLED`: by people. `REJECTED`: it has answered that it no longer exists.
 * `FAILED`: it accepted nothing for days.
 */
export type AlertEndpointStatus = "ACTIVE" | "DISABLED" | "REJECTED" | "FAILED";
/** `enable` and `disable`: by people. `reject`: by the answer 410. `fail`: every attempt of some days failed. */
export type AlertEndpointSignal = "enable" | "disable" | "reject" | "fail";

const ENDPOINT_NOT_ACTIVE = ignored("nothing is sent to the endpoint");

export const ALERT_ENDPOINT: Lifecycle<AlertEndpointStatus, AlertEndpointSignal> = {
  initial: ["ACTIVE"],
  terminal: [],
  next: {
    ACTIVE: {
      enable: ignored("the endpoint is active already"),
      disable: "DISABLED",
      reject: "REJECTED",
      fail: "FAILED",
    },
    DISABLED: {
      enable: "ACTIVE",
      disable: ignored("the endpoint is disabled already"),
      reject: ENDPOINT_NOT_ACTIVE,
      fail: ENDPOINT_NOT_ACTIVE,
    },
    REJECTED: { enable: "ACTIVE", disable: "DISABLED", reject: ENDPOINT_NOT_ACTIVE, fail: ENDPOINT_NOT_ACTIVE },
    FAILED: { enable: "ACTIVE", disable: "DISABLED", reject: ENDPOINT_NOT_ACTIVE, fail: ENDPOINT_NOT_ACTIVE },
  },
};

/** Returns every state, in the order of the table. */
export function statesOf<State extends string>({ next }: Lifecycle<State, string>): readonly State[] {
  return Object.keys(next) as State[]; // the type requires exactly these keys
}

/** Returns the states in which a signal is effective. */
export function statesBefore<State extends string, Signal extends string>(
  lifecycle: Lifecycle<State, Signal>,
  signal: Signal,
): readonly State[] {
  return statesOf(lifecycle).filter((state) => typeof lifecycle.next[state][signal] === "string");
}

/** Returns the one state to which a signal leads, from whichever state. @throws Error if there is not exactly one */
export function stateAfter<State extends string, Signal extends string>(
  lifecycle: Lifecycle<State, Signal>,
  signal: Signal,
): State {
  const targets = statesOf(lifecycle).filter((target) =>
    statesOf(lifecycle).some((state) => lifecycle.next[state][signal] === target),
  );
  const [target] = targets;
  if (targets.length === 1 && target !== undefined) return target;
  throw new Error(`the signal ${signal} must lead to exactly one state, got ${targets.length}`);
}

/** Returns the states that a row can still leave. */
export function openStates<State extends string>(lifecycle: Lifecycle<State, string>): readonly State[] {
  return statesOf(lifecycle).filter((state) => !lifecycle.terminal.some((terminal) => terminal === state));
}
