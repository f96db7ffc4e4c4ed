import { expect, test } from "@jest/globals";
import { isEnumType } from "graphql";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { environmentSchema } from "../../src/config/environment.ts";
import { ERROR_CODES } from "../../src/domain/error.ts";
import { createTokenVerifier } from "../../src/server/auth/verify-token.ts";
import { principalOfClaims } from "../../src/server/auth/principal-of-claims.ts";
import { loadSchema } from "../../src/server/load-schema.ts";
import { codeBlock, DOCUMENTS, tableUnder } from "../helpers/documents.ts";

test("the settings table is the schema of the settings", () => {
  const defaults: Readonly<Record<string, string | number | readonly string[] | undefined>> = environmentSchema.parse(
    {},
  );
  const expected = Object.entries(environmentSchema.shape).map(([name, schema]) => {
    const value = defaults[name];
    return [`\`${name}\``, value === undefined ? "" : `\`${String(value)}\``, schema.description];
  });
  expect(tableUnder("docs/settings.md", "Environment")).toEqual(expected);
});

test("the error table is the table of error codes, both ways", () => {
  const expected = Object.entries(ERROR_CODES).map(([code, { http, retry, cause }]) => [
    `\`${code}\``,
    String(http),
    retry === "backoff" ? "yes" : "no",
    cause ?? "",
  ]);
  expect(tableUnder("docs/errors.md", "Codes").map((row) => row.slice(0, 4))).toEqual(expected);
});

test("the table of dependencies lists every runtime dependency with a reason, and nothing else", () => {
  const names = z.record(z.string(), z.string());
  const manifest = z
    .object({ dependencies: names, optionalDependencies: names })
    .parse(JSON.parse(readFileSync("package.json", "utf8")));
  const listed = tableUnder("docs/contributing.md", "Dependencies").flatMap(([cell]) =>
    [...(cell ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ""),
  );
  const installed = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)];
  const covers = (pattern: string, name: string) =>
    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
  expect(installed.filter((name) => !listed.some((pattern) => covers(pattern, name)))).toEqual([]);
  expect(listed.filter((pattern) => !installed.some((name) => covers(pattern, name)))).toEqual([]);
});

test("every folder in the map exists", () => {
  const folders = tableUnder("docs/contributing.md", "Map").map(([cell]) => (cell ?? "").replaceAll("`", ""));
  expect(folders.length).toBeGreaterThan(10);
  expect(folders.filter((folder) => !existsSync(folder))).toEqual([]);
});

/** Identifier that a heading has on GitHub: lower case, without punctuation, hyphens for spaces. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

test("every relative link in the documents leads to a file, and its fragment to a heading of that file", () => {
  const links = [...DOCUMENTS, "CHANGELOG.md"].flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].map(
      ([link, target = "", anchor]) => ({
        name: `${path} ${link}`,
        file: target === "" ? path : join(dirname(path), target),
        anchor,
      }),
    ),
  );
  expect(links.length).toBeGreaterThan(30);
  const broken = links.filter(({ file, anchor }) => {
    if (!existsSync(file)) return true;
    if (anchor === undefined) return false;
    const headings = [...readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
    return !headings.some((heading) => anchorOf(heading) === anchor);
  });
  expect(broken.map(({ name }) => name)).toEqual([]);
});

test("the newest version in the changelog is the one in package.json", () => {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync("package.json", "utf8")));
  expect(/^## (\d+\.\d+\.\d+)$/m.exec(readFileSync("CHANGELOG.md", "utf8"))?.[1]).toBe(version);
});

test("the command that makes a token makes one that the service accepts, with the scopes of the document", async () => {
  const secret = "a secret of at least 32 characters";
  const printed = execFileSync("sh", ["-c", codeBlock("example", "token", "sh")], {
    env: { ...process.env, AUTH_JWT_SECRET: secret },
  });
  const claims = await createTokenVerifier({ kind: "secret", secret })(String(printed).trim());
  const { tenantId, subject, scopes } = principalOfClaims(claims, new Set(["acme"]));
  expect({ tenantId, subject, scopes: [...scopes] }).toEqual({
    tenantId: "acme",
    subject: "me",
    scopes: ["read", "sync"],
  });
});

test("the command that makes a token signs with an algorithm that the setting allows", async () => {
  const secret = "a secret of at least 32 characters";
  const env = { ...process.env, AUTH_JWT_SECRET: secret, AUTH_ALGORITHMS: "HS512, HS384" };
  const printed = execFileSync(process.execPath, ["tools/print-token.ts", "--tenant", "acme"], { env });
  const verify = createTokenVerifier({ kind: "secret", secret, algorithms: ["HS512"] });
  expect((await verify(String(printed).trim()))["tenant"]).toBe("acme");
});

test.each([
  [["--scope", "read"], "--tenant is required"],
  [["--tenant", "acme", "--scope", "reed"], "--scope must be of read, sync, write, admin, got reed"],
  [["--tenant", "acme", "--expires", "soon"], "--expires must be a time like 8h, got soon"],
  [["--tenant", "acme", "--scopes", "read"], "Unknown option '--scopes'"],
])("the command that makes a token refuses %j", (args, expected) => {
  const env = { ...process.env, AUTH_JWT_SECRET: "a secret of at least 32 characters" };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/print-token.ts", ...args], { env });
  expect([status, String(stdout)]).toEqual([1, ""]);
  expect(String(stderr)).toContain(expected);
});

test("the table of webhook signatures names every verifier and the connectors that call it", () => {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  );
  const textsBelow = (folder: string) =>
    sources.filter((name) => name.startsWith(folder)).map((name) => readFileSync(`src/${name}`, "utf8"));
  const verifiers = textsBelow("protocols/webhooks/").flatMap((text) =>
    [...text.matchAll(/^export function (verify\w+)/gm)].map(([, name = ""]) => name),
  );
  const connectors = readdirSync("src/connectors", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const expected = verifiers.toSorted().map((verifier) => [
    `\`${verifier}\``,
    connectors
      .filter(({ name }) => textsBelow(`connectors/${name}/`).some((text) => text.includes(verifier)))
      .map(({ name }) => `[${name}](../src/connectors/${name}/README.md)`)
      .join(", "),
  ]);
  const listed = tableUnder("docs/connectors.md", "Webhook signatures").map(([name, , users]) => [name, users]);
  expect(listed).toEqual(expected);
});

test("every metric of ours is in the table of metrics", () => {
  const listed = tableUnder("docs/operations.md", "Metrics").map(([names]) => names);
  const source = ["src/metrics.ts", "src/server/metrics.ts"].map((path) => readFileSync(path, "utf8")).join("\n");
  const defined = [...source.matchAll(/"(sluice_\w+)"/g)].map(([, name]) => name);
  expect(defined.length).toBeGreaterThan(10);
  expect(defined.filter((name) => !listed.some((names) => names?.includes(`\`${name}\``)))).toEqual([]);
});

test.each([
  ["Source", "SourceStatus"],
  ["Sync run", "SyncRunStatus"],
  ["Delivery", "DeliveryStatus"],
  ["File", "FileStatus"],
  ["Quarantined record", "QuarantineStatus"],
])("the lifecycle of a %s names the values of %s and no others", (heading, typeName) => {
  const section = readFileSync("docs/lifecycles.md", "utf8").split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const type = loadSchema().getType(typeName);
  const statuses = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
  const named = new Set(
    [...section.matchAll(/^ {2}(\S+) --> (\w+)/gm)].flatMap(([, from = "", to = ""]) => [from, to]),
  );
  named.delete("[*]");
  expect([...named].toSorted()).toEqual(statuses.toSorted());
});
