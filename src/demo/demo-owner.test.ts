import { expect, test } from "@jest/globals";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownDemo } from "./demo-owner.ts";

const { signal: never } = new AbortController();

async function useFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "sluice-demo-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

test("C51: the demo of a folder has one owner, which publishes its address", async () => {
  await using folder = await useFolder();
  const first = await ownDemo(folder.path, never);
  first.announce("http://127.0.0.1:4000");
  await expect(ownDemo(folder.path, never)).rejects.toMatchObject({
    code: "CONFLICT",
    message: `[CONFLICT] the demo in the data folder ${folder.path} already runs at http://127.0.0.1:4000 (process ${process.pid}): use that one, or set DATA_DIR to another folder`,
  });
  first.release();
  (await ownDemo(folder.path, never)).release();
});

test("C51: a process that starts while the owner stops waits for its end, or until its own start is canceled", async () => {
  await using folder = await useFolder();
  const first = await ownDemo(folder.path, never);
  first.announce("http://127.0.0.1:4000");
  first.announce(undefined);
  const caller = new AbortController();
  const canceled = ownDemo(folder.path, caller.signal);
  caller.abort();
  await expect(canceled).rejects.toMatchObject({ name: "AbortError" });
  const next = ownDemo(folder.path, never);
  first.release();
  first.announce("http://127.0.0.1:4000"); // has no output any more
  (await next).release();
});

test("C51: an owner file of a dead or unrelated process stops no start", async () => {
  await using folder = await useFolder();
  (await ownDemo(folder.path, never)).release();
  for (const left of [JSON.stringify({ pid: process.pid, url: "http://127.0.0.1:4000" }), "{", '{"pid": "1"}']) {
    const path = join(folder.path, "sandbox", "owner.json");
    await writeFile(path, left);
    const ownership = await ownDemo(folder.path, never);
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ pid: process.pid });
    ownership.release();
  }
});
