import { randomInt } from "node:crypto";

/** The seed of a random test: printed, so that a failure can be repeated with the environment variable of that name. */
export function drawSeed(name: string): number {
  const given = Number(process.env[name]);
  const seed = Number.isSafeInteger(given) && given > 0 ? given : randomInt(1, 1_000_000);
  process.stdout.write(`${name}=${seed}\n`);
  return seed;
}
