import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from "@jest/globals";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { loadConfig, loadSettingsFile } from "../../../src/config.ts";
import { part } from "../../../src/parts/secrets.ts";
import { createReloadRequests } from "../../../src/runtime/reload-requests.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import type { Keyring } from "../../../src/sources/secrets/keyring.ts";
import { type ConnectedWorld, useConnectedWorld } from "../../helpers/connected-world.ts";

const SIGNAL = new AbortController().signal;

let world: ConnectedWorld;
let folder: string;
beforeAll(async () => {
  world = await useConnectedWorld();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice-key-"));
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

/** Starts the part of the service that has the keys, as the demo does. */
async function startKeys(environment: Readonly<Record<string, string>> = {}): Promise<Keyring> {
  const started = await part.start({
    config: loadConfig({ DATA_DIR: join(folder, "data"), ...environment }),
    reloads: createReloadRequests(),
    readSettingsFile: () => loadSettingsFile({}),
    log: pino({ level: "silent" }),
    stopping: SIGNAL,
    lines: undefined,
    screen: process.stdout,
    wakeUps: createWakeUps(),
    db: world.store.db,
  });
  return started.keyring;
}

const file = () => join(folder, "data", "secrets.key");

describe("the key of the demo", () => {
  test("is created in a file that only its owner can read, and used again by the next start", async () => {
    const { current } = await startKeys();
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, "data"))).toEqual(["secrets.key"]);
    expect(Buffer.from((await readFile(file(), "utf8")).trim(), "base64")).toEqual(Buffer.from(current?.bytes ?? []));
    const again = await startKeys();
    expect(again.current).toEqual(current);
    expect(current?.bytes).toHaveLength(32);
  });

  test("that is lost is an error that names it and the file, and no other key takes its place (F108)", async () => {
    const keyring = await startKeys();
    const sources = world.open({ keyring });
    await sources.connect("acme", world.request({ id: "encrypted" }), SIGNAL);
    const key = await readFile(file(), "utf8");
    await rm(file());
    const sentence = `${file()}: must be the key ${keyring.current?.id}, or SECRETS_OLD_KEYS must contain it: the secrets of 1 connected source or alert endpoint are encrypted with it`;
    for (const _start of [1, 2]) await expect(startKeys()).rejects.toThrow(sentence);
    expect(await readdir(join(folder, "data"))).toEqual([]);
    const rotated = await startKeys({ SECRETS_OLD_KEYS: key.trim() });
    expect(rotated.current?.id).not.toBe(keyring.current?.id);
    await writeFile(file(), key);
    expect((await startKeys()).current).toEqual(keyring.current);
    await sources.disconnect("acme", "encrypted", "KEEP");
  });

  test("of which the file is damaged is an error that names the file, and contains nothing of it", async () => {
    await startKeys();
    const key = (await readFile(file(), "utf8")).trim();
    await writeFile(file(), key.slice(0, 30));
    const failure = await startKeys().catch((reason: unknown) => String(reason));
    expect(failure).toContain(`${file()}: must be 32 bytes in base64`);
    expect(failure).not.toContain(key.slice(0, 8));
  });
});
