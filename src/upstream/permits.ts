import type { BudgetPolicy } from "../connector-api/connector.ts";
import { ServiceError } from "../domain/error.ts";
import { canceled, type Clock } from "./clock.ts";
import { LANES, type Lane } from "./lane.ts";
import { createPacer, type Pacer } from "./pacer.ts";

export interface PermitRequest {
  readonly lane: Lane;
  readonly signal: AbortSignal;
  /** On the monotonic clock. */
  readonly deadlineMs: number;
}

/** Gives a permit back; again has no effect. */
export type Release = () => void;

interface Waiter {
  readonly deadlineMs: number;
  readonly grant: (release: Release) => void;
  readonly refuse: (error: ServiceError) => void;
}

/** Lanes that nobody waits for in person. */
const BACKGROUND: readonly Lane[] = ["refetch", "incremental", "backfill"];
/**
 * Grants to other background lanes after which one that waits is next. So each has at least a sixth of what people leave,
 * and a storm of one kind of work never stops another.
 */
const MAX_PASSED_OVER = 4;

/**
 * Who may call the upstream next: one process, one credential. The most urgent lane first, but none of the background is
 * passed over for ever; first come, first served within a lane.
 */
export class Permits {
  readonly #policy: BudgetPolicy;
  readonly #clock: Clock;
  readonly #pacer: Pacer;
  /** In the lanes' order of urgency. */
  readonly #queues: Readonly<Record<Lane, Set<Waiter>>>;
  /** Grants to other background lanes since one that waits had its last. */
  readonly #passedOver = new Map<Lane, number>();
  #running = 0;
  #cancelWake: (() => void) | undefined;

  constructor(policy: BudgetPolicy, clock: Clock) {
    this.#policy = policy;
    this.#clock = clock;
    this.#pacer = createPacer(policy.requestsPerSecond);
    this.#queues = {
      interactive: new Set(),
      write: new Set(),
      refetch: new Set(),
      incremental: new Set(),
      backfill: new Set(),
    };
  }

  /**
   * Resolves with the function that gives the permit back.
   * @throws ServiceError UPSTREAM_RATE_LIMITED when the rate leaves no call before the deadline, OVERLOADED when all
   * concurrent calls are taken until then, CANCELED
   */
  acquire({ lane, signal, deadlineMs }: PermitRequest): Promise<Release> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(canceled());
      if (this.#pacer.closedUntilMs() > deadlineMs) return reject(this.#refusal());
      const queue = this.#queues[lane];
      const leave = (): void => {
        queue.delete(waiter);
        cancelTimeout();
        signal.removeEventListener("abort", abort);
      };
      const waiter: Waiter = {
        deadlineMs,
        grant: (release) => {
          leave();
          resolve(release);
        },
        refuse: (error) => {
          leave();
          reject(error);
          this.#handOut(); // where nobody waits any more, no timer may be left
        },
      };
      const abort = (): void => waiter.refuse(canceled());
      const cancelTimeout = this.#clock.schedule(deadlineMs - this.#clock.monotonicMs(), () =>
        waiter.refuse(this.#refusal()),
      );
      signal.addEventListener("abort", abort, { once: true });
      queue.add(waiter);
      this.#handOut();
    });
  }

  /** No permit for that long. Who cannot wait until then is refused now, so that it can do something better. */
  closeFor(durationMs: number): void {
    this.#pacer.closeUntil(this.#clock.monotonicMs() + durationMs);
    const waiters = LANES.flatMap((lane) => [...this.#queues[lane]]);
    for (const waiter of waiters) {
      if (waiter.deadlineMs < this.#pacer.closedUntilMs()) waiter.refuse(this.#refusal());
    }
  }

  /** Grants what may be granted now, and sees to it that it runs again when the next permit is due. */
  #handOut(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    while (this.#running < this.#policy.maxConcurrent) {
      const lane = this.#nextLane();
      if (lane === undefined) return;
      const nowMs = this.#clock.monotonicMs();
      const delayMs = this.#pacer.opensAtMs() - nowMs;
      if (delayMs > 0) {
        this.#cancelWake = this.#clock.schedule(delayMs, () => this.#handOut());
        return;
      }
      this.#pacer.take(nowMs);
      this.#running++;
      const [first] = this.#queues[lane]; // a Set keeps the order of arrival
      this.#countPassedOver(lane);
      first?.grant(this.#release());
    }
  }

  /** A lane in which somebody waits. */
  #nextLane(): Lane | undefined {
    const waiting = LANES.filter((lane) => this.#queues[lane].size > 0);
    const [mostUrgent] = waiting;
    if (mostUrgent === undefined || !BACKGROUND.includes(mostUrgent)) return mostUrgent;
    return waiting.find((lane) => (this.#passedOver.get(lane) ?? 0) >= MAX_PASSED_OVER) ?? mostUrgent;
  }

  #countPassedOver(granted: Lane): void {
    if (!BACKGROUND.includes(granted)) return;
    for (const lane of BACKGROUND) {
      const isPassed = lane !== granted && this.#queues[lane].size > 0;
      this.#passedOver.set(lane, isPassed ? (this.#passedOver.get(lane) ?? 0) + 1 : 0);
    }
  }

  #release(): Release {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#running--;
      this.#handOut();
    };
  }

  #refusal(): ServiceError {
    const delayMs = Math.ceil(this.#pacer.opensAtMs() - this.#clock.monotonicMs());
    if (delayMs <= 0 && this.#running >= this.#policy.maxConcurrent) {
      return new ServiceError("OVERLOADED", "all concurrent calls that the upstream bears are taken");
    }
    return new ServiceError("UPSTREAM_RATE_LIMITED", "the upstream's rate limit leaves no call in time", {
      detail: `no permit before the deadline; the budget opens in ${Math.max(0, delayMs)} ms`,
      ...(delayMs > 0 && { retryAfterMs: delayMs }),
    });
  }
}
