import { ERASE_LINE, type Screen, seconds } from "./screen.ts";

/** Shows how the demo starts: a line for each step, with the time since the process began. */
export interface StartLines {
  /** First sign of life, before the program is loaded. */
  greet(version: string): void;
  /** A step has begun: on a terminal its name stands in the last line until it ends. */
  starting(name: string): void;
  /** A step has ended; one without a description leaves no line. */
  started(description: string | undefined): void;
  /** Removes what `starting` shows, because something else is written next. */
  clear(): void;
}

const TIME_WIDTH = 8;

/** @param sinceStartMs milliseconds since the process began */
export function createStartLines(screen: Screen, sinceStartMs: () => number): StartLines {
  const line = (text: string): string => `${seconds(sinceStartMs()).padStart(TIME_WIDTH)}  ${text}`;
  const erase = screen.isTTY === true ? ERASE_LINE : "";
  return {
    greet: (version) => void screen.write(`${line(`Sluice ${version} starts the demo`)}\n`),
    starting(name) {
      if (screen.isTTY === true) screen.write(`${ERASE_LINE}${line(`${name} …`)}`);
    },
    started(description) {
      screen.write(description === undefined ? erase : `${erase}${line(description)}\n`);
    },
    clear() {
      if (erase !== "") screen.write(erase);
    },
  };
}
