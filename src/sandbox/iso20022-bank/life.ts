import type { PlanRequest } from "./plan/request.ts";
import { requestOf } from "./plan/request.ts";
import type { Random } from "./world/random.ts";

export interface LifeOptions {
  readonly random: Random;
  readonly today: () => number;
  /** Gives a request's files out at the HTTP endpoint. */
  readonly publish: (request: PlanRequest) => void;
  readonly endDay: () => void;
}

/** The bank working by itself: in the morning a report, a notification, in the afternoon a report, statements, next day. */
export interface Life {
  /** The next thing that a day brings. */
  step(): void;
  /** By itself at this mean pace; 0 stops. */
  setPace(everyMs: number): void;
}

export function createLife({ random, today, publish, endDay }: LifeOptions): Life {
  const steps: readonly (() => void)[] = [
    () => publish(requestOf({ kind: "camt.052", days: [today()], portion: 0.35 })),
    () => publish(requestOf({ kind: "camt.054", days: [today()] })),
    () => publish(requestOf({ kind: "camt.052", days: [today()], portion: 0.8 })),
    () => {
      publish(requestOf({ kind: "camt.053", days: [today()] }));
      endDay();
    },
  ];
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
