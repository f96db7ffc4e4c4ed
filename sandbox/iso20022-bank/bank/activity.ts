import type { PlanRequest } from "../plan/request.ts";
import { requestOf } from "../plan/request.ts";
import type { Random } from "../world/random.ts";

export interface OwnDay {
  readonly today: () => number;
  /** Publishes a request's files at the HTTP endpoint. */
  readonly publish: (request: PlanRequest) => void;
  readonly endDay: () => void;
}

export interface ActivityOptions {
  readonly random: Random;
  /** Actions, performed in turn. */
  readonly steps: readonly (() => void)[];
}

/** Automatic operation of the bank. */
export interface Activity {
  /** Performs the next action. */
  step(): void;
  /** Runs automatically at this mean interval; 0 stops. */
  setPace(everyMs: number): void;
}

/** A report in the morning, a notification, a report in the afternoon, statements, the next day. */
export function stepsOfDay({ today, publish, endDay }: OwnDay): readonly (() => void)[] {
  return [
    () => publish(requestOf({ kind: "camt.052", days: [today()], portion: 0.35 })),
    () => publish(requestOf({ kind: "camt.054", days: [today()] })),
    () => publish(requestOf({ kind: "camt.052", days: [today()], portion: 0.8 })),
    () => {
      publish(requestOf({ kind: "camt.053", days: [today()] }));
      endDay();
    },
  ];
}

export function createActivity({ random, steps }: ActivityOptions): Activity {
  let next = 0;
  let timer: NodeJS.Timeout | undefined;
  const step = (): void => {
    steps[next]?.();
    next = (next + 1) % steps.length;
  };
  return {
    step,
    setPace(everyMs) {
      clearTimeout(timer);
      timer = undefined;
      if (everyMs <= 0) return;
      const wait = (): void => {
        timer = setTimeout(
          () => {
            step();
            wait();
          },
          everyMs * (0.5 + random.next()),
        );
      };
      wait();
    },
  };
}
