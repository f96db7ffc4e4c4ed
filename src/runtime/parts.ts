/**
 * One part of a program. It is started after the parts that it needs, and closed before them.
 * @example { name: "events", start: async ({ db }) => ({ feed: createEventFeed(db) }), close: ({ feed }) => feed.close() }
 */
export interface Part<Needs, Gives extends object> {
  readonly name: string;
  /** Resolves, once the part works, with what later parts may use of it. */
  readonly start: (needs: Needs) => Promise<Gives> | Gives;
  /** Called once. Undefined: there is nothing to close. */
  readonly close?: (own: Gives) => Promise<unknown>;
  /** What has been started, in a few words for people. Undefined: not worth a line. */
  readonly describe?: (own: Gives) => string;
}

/** Called while a list of parts is opened and closed. */
export interface PartObserver {
  onStarting(name: string): void;
  onStarted(part: {
    readonly name: string;
    readonly description: string | undefined;
    readonly durationMs: number;
  }): void;
  /** A part could not be closed; the others are closed all the same. */
  onCloseFailed(name: string, reason: unknown): void;
}

/** Parts that are open, or being opened. */
export interface OpenParts<All> {
  /**
   * Resolves, once every part has started, with what all of them give. Rejects with the error of a part, or with the
   * signal's reason; the parts before it stay open until `close`.
   */
  readonly started: Promise<All>;
  /**
   * Closes the started parts, the last one first. Waits for the part that is being started, at most `startDrainMs`, so
   * that nothing that it still needs is closed.
   */
  close(startDrainMs: number): Promise<void>;
}

/** An ordered list of parts. The compiler refuses one that is added before something that it needs. */
export interface PartList<Base, All extends Base> {
  /** Adds a part by its module, which is loaded when its turn comes: the parts before it need not wait for it. */
  add<Gives extends object>(load: () => Promise<{ readonly part: Part<All, Gives> }>): PartList<Base, All & Gives>;
  open(base: Base, observer: PartObserver, signal: AbortSignal): OpenParts<All>;
}

interface StartedPart {
  readonly name: string;
  readonly gives: object;
  readonly close: () => Promise<unknown>;
}

type Step = (given: never, observer: PartObserver) => Promise<StartedPart>;

/** @returns an empty list, whose parts may use what `open` is called with */
export function createPartList<Base extends object>(): PartList<Base, Base> {
  return listOf<Base, Base>([]);
}

function listOf<Base extends object, All extends Base>(steps: readonly Step[]): PartList<Base, All> {
  return {
    add<Gives extends object>(load: () => Promise<{ readonly part: Part<All, Gives> }>) {
      const step = async (given: All, observer: PartObserver): Promise<StartedPart> => {
        const { part } = await load();
        return startPart(part, given, observer);
      };
      return listOf<Base, All & Gives>([...steps, step]);
    },
    open(base, observer, signal) {
      const open: StartedPart[] = [];
      const started = startAll<All>({ steps, base, open, observer, signal });
      return { started, close: (startDrainMs) => closeAll({ started, open, observer, startDrainMs }) };
    },
  };
}

async function startPart<Needs, Gives extends object>(
  part: Part<Needs, Gives>,
  needs: Needs,
  observer: PartObserver,
): Promise<StartedPart> {
  const { name } = part;
  observer.onStarting(name);
  const startedAtMs = performance.now();
  const gives = await part.start(needs);
  const durationMs = performance.now() - startedAtMs;
  observer.onStarted({ name, description: part.describe?.(gives), durationMs });
  return { name, gives, close: async () => part.close?.(gives) };
}

async function startAll<All>(input: {
  readonly steps: readonly Step[];
  readonly base: object;
  readonly open: StartedPart[];
  readonly observer: PartObserver;
  readonly signal: AbortSignal;
}): Promise<All> {
  let given = input.base;
  for (const step of input.steps) {
    input.signal.throwIfAborted();
    // `add` accepts only a part whose needs are given by the parts before it.
    const part = await step(given as never, input.observer);
    input.open.push(part);
    given = { ...given, ...part.gives };
  }
  input.signal.throwIfAborted();
  return given as All; // what `add` has computed, step by step
}

async function closeAll(input: {
  readonly started: Promise<unknown>;
  readonly open: StartedPart[];
  readonly observer: PartObserver;
  readonly startDrainMs: number;
}): Promise<void> {
  await settledWithin(input.started, input.startDrainMs);
  for (let part = input.open.pop(); part !== undefined; part = input.open.pop()) {
    const { name } = part;
    await part.close().catch((reason: unknown) => input.observer.onCloseFailed(name, reason));
  }
}

async function settledWithin(work: Promise<unknown>, deadlineMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, deadlineMs)));
  await Promise.race([work.catch(() => undefined), late]); // its error is reported by the caller that awaits `started`
  clearTimeout(timer);
}
