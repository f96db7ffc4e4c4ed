import { expect, test } from "@jest/globals";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { installDashboard } from "../helpers/dashboard-page.ts";
import { askGraph } from "../helpers/graphql.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";
import { startService } from "../helpers/service.ts";

const PACKED = z.tuple([z.object({ files: z.array(z.object({ path: z.string() })) })]);
const LOCK = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) });

/** Paths that a stage of the Dockerfile copies from the project: the one with this name, or else the last one. */
async function copiedPaths(name?: string): Promise<readonly string[]> {
  const stages = (await readFile("Dockerfile", "utf8")).split(/^FROM /m);
  const stage =
    name === undefined ? stages.at(-1) : stages.find((text) => text.split("\n")[0]?.endsWith(` AS ${name}`));
  const copies = [...(stage ?? "").matchAll(/^COPY (?!--)(.+)$/gm)];
  return copies.flatMap(([, words = ""]) => words.split(" ").slice(0, -1));
}

/** Top-level packages of the image: those for production, without the Node that the base image contains. */
async function productionPackages(): Promise<readonly string[]> {
  const { packages } = LOCK.parse(JSON.parse(await readFile("package-lock.json", "utf8")));
  return Object.entries(packages).flatMap(([path, { dev }]) =>
    dev !== true && /^node_modules\/(?!node-linux-)(@[^/]+\/)?[^/]+$/.test(path) && existsSync(path) ? [path] : [],
  );
}

type Folder = { readonly path: string } & AsyncDisposable;

/** A temporary folder with these paths of the project, as the image has them. */
async function useCopies(paths: readonly string[]): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "sluice-image-"));
  const isIncluded = (source: string) => !/\.test\.ts$|\/dist(\/|$)/.test(source); // as in .dockerignore
  for (const copied of paths) await cp(copied, join(path, copied), { recursive: true, filter: isIncluded });
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Builds the dashboard from what its stage copies, with all packages. */
async function useDashboardFolder(): Promise<Folder> {
  const folder = await useCopies(await copiedPaths("dashboard"));
  await symlink(resolve("node_modules"), join(folder.path, "node_modules"));
  await promisify(execFile)(process.execPath, ["tools/build-dashboard.ts"], { cwd: folder.path });
  return folder;
}

/** A folder like `/app` of the image. */
async function useImageFolder(): Promise<Folder> {
  const folder = await useCopies(await copiedPaths());
  const { path } = folder;
  await using dashboard = await useDashboardFolder();
  await cp(join(dashboard.path, "dashboard/dist"), join(path, "dashboard/dist"), { recursive: true });
  for (const installed of await productionPackages()) {
    await mkdir(dirname(join(path, installed)), { recursive: true });
    await symlink(resolve(installed), join(path, installed));
  }
  return folder;
}

test("the files that the Dockerfile copies suffice to start, to answer a query and to serve the dashboard, without development dependencies", async () => {
  await using image = await useImageFolder();
  await using dataDir = await useReadyDataDir();
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
    const page = await fetch(`${service.url}/`);
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1];
    expect([page.status, (await fetch(`${service.url}${script}`)).status]).toEqual([200, 200]);
  } finally {
    await service.kill();
  }
});

test("everything that the Dockerfile copies is included by .dockerignore", async () => {
  const ignored = (await readFile(".dockerignore", "utf8")).split("\n");
  const paths = [...(await copiedPaths()), ...(await copiedPaths("dashboard"))];
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !ignored.includes(`!${path}`))).toEqual([]);
});

test("a packed Sluice has the dashboard's bundle and what `npm start` needs, and no tests", async () => {
  await installDashboard();
  const { stdout } = await promisify(execFile)("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"]);
  const [{ files }] = PACKED.parse(JSON.parse(stdout));
  const paths = files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      "dashboard/dist/index.html",
      "dashboard/dist/index.html.br",
      "src/main.ts",
      "tools/require-node.cjs",
    ]),
  );
  expect(paths.filter((path) => path.includes(".test.") || path.startsWith("test/"))).toEqual([]);
});

test("an install without development dependencies keeps the bundle it has, and without one says how to build it", async () => {
  await using folder = await useCopies(["package.json", "tools"]);
  const prepare = async () =>
    await promisify(execFile)(process.execPath, ["tools/build-dashboard.ts", "--if-possible"], { cwd: folder.path });
  expect((await prepare()).stderr).toContain("run `npm install && npm run build:dashboard`");
  await mkdir(join(folder.path, "dashboard/dist"), { recursive: true });
  await writeFile(join(folder.path, "dashboard/dist/index.html"), "built before");
  expect(await prepare()).toMatchObject({ stdout: "", stderr: "" });
});

test("a dashboard that cannot be built fails the install, and the message has the reason", async () => {
  await using folder = await useCopies(await copiedPaths("dashboard"));
  await symlink(resolve("node_modules"), join(folder.path, "node_modules"));
  await writeFile(join(folder.path, "dashboard/main.tsx"), "const = broken");
  const built = promisify(execFile)(process.execPath, ["tools/build-dashboard.ts", "--if-possible"], {
    cwd: folder.path,
  });
  await expect(built).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/sluice: the dashboard could not be built: .*main\.tsx/s),
  });
});
