import { randomInt } from "node:crypto";
import { numberFrom } from "./length.ts";

/** The seed of a random test: printed, so that a failure can be repeated with the environment variable of that name. */
export function drawSeed(name: string): number {
  const seed = numberFrom(name) ?? randomInt(1, 1_000_000);
  process.stdout.write(`${name}=${seed}\n`);
  return seed;
}
