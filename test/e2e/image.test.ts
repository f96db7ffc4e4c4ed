import { expect, test } from "@jest/globals";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { askGraph } from "../helpers/graphql.ts";
import { startService } from "../helpers/service.ts";
import { useDataDir } from "../helpers/use-embedded.ts";

const LOCK = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) });

/** Paths that the last stage of the Dockerfile copies from the project. */
async function copiedPaths(): Promise<readonly string[]> {
  const stages = (await readFile("Dockerfile", "utf8")).split(/^FROM /m);
  const copies = [...(stages.at(-1) ?? "").matchAll(/^COPY (?!--)(.+)$/gm)];
  return copies.flatMap(([, words = ""]) => words.split(" ").slice(0, -1));
}

/** Top-level packages of the image: those for production, without the Node that the base image contains. */
async function productionPackages(): Promise<readonly string[]> {
  const { packages } = LOCK.parse(JSON.parse(await readFile("package-lock.json", "utf8")));
  return Object.entries(packages).flatMap(([path, { dev }]) =>
    dev !== true && /^node_modules\/(?!node-linux-)(@[^/]+\/)?[^/]+$/.test(path) && existsSync(path) ? [path] : [],
  );
}

/** A folder like `/app` of the image. */
async function useImageFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "sluice-image-"));
  const isIncluded = (source: string) => !source.endsWith(".test.ts"); // as in .dockerignore
  for (const copied of await copiedPaths()) {
    await cp(copied, join(path, copied), { recursive: true, filter: isIncluded });
  }
  for (const installed of await productionPackages()) {
    await mkdir(dirname(join(path, installed)), { recursive: true });
    await symlink(resolve(installed), join(path, installed));
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

test("the files that the Dockerfile copies suffice to start and to answer a query, without development dependencies", async () => {
  await using image = await useImageFolder();
  await using dataDir = await useDataDir();
  expect(existsSync(join(image.path, "node_modules/jest"))).toBe(false);
  const service = await startService({
    cwd: image.path,
    env: { DATA_DIR: dataDir.path, DEMO_PAYMENTS: "50", PORT: "0" },
    timeoutMs: 60_000,
  });
  try {
    const { data, errors } = await askGraph(service.url, "{ sources { nodes { id } } }");
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ sources: { nodes: expect.arrayContaining([{ id: expect.any(String) }]) } });
  } finally {
    await service.kill();
  }
});

test("everything that the Dockerfile copies is included by .dockerignore", async () => {
  const ignored = (await readFile(".dockerignore", "utf8")).split("\n");
  const paths = await copiedPaths();
  expect(paths.length).toBeGreaterThan(4);
  expect(paths.filter((path) => !ignored.includes(`!${path}`))).toEqual([]);
});
