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

/** Who may call the upstream next: one process, one credential. First come, first served within a lane. */
export class Permits {
  readonly #policy: BudgetPolicy;
  readonly #clock: Clock;
  readonly #pacer: Pacer;
  /** In the lanes' order of urgency. */
  readonly #queues: Readonly<Record<Lane, Set<Waiter>>>;
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
      const waiter = this.#mostUrgent();
      if (waiter === undefined) return;
      const nowMs = this.#clock.monotonicMs();
      const delayMs = this.#pacer.opensAtMs() - nowMs;
      if (delayMs > 0) {
        this.#cancelWake = this.#clock.schedule(delayMs, () => this.#handOut());
        return;
      }
      this.#pacer.take(nowMs);
      this.#running++;
      waiter.grant(this.#release());
    }
  }

  #mostUrgent(): Waiter | undefined {
    for (const lane of LANES) {
      const [first] = this.#queues[lane]; // a Set keeps the order of arrival
      if (first !== undefined) return first;
    }
    return undefined;
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
