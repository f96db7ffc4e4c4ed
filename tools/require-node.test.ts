import { expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { z } from "zod";

const MANIFEST = z
  .object({ engines: z.object({ node: z.string() }), scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));
const REQUIRED = MANIFEST.engines.node.replace(">=", "");

/** Runs the check in a Node that says that it has this version. */
function checkOn(version: string) {
  const pretend = `Object.defineProperty(process, "versions", { value: { node: "${version}" } });`;
  const script = `${pretend} require("./tools/require-node.cjs"); process.stdout.write("started");`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  return { status, stdout, stderr };
}

test.each(["18.19.0", "20.20.2", "26.0.0", "26.11.9"])(
  "Node %s is refused in one line that says what to do",
  (version) => {
    const { status, stdout, stderr } = checkOn(version);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      new RegExp(`^sluice: needs Node ${REQUIRED} or newer, this is ${version}; .*npm start.*\n$`),
    );
  },
);

test.each([REQUIRED, "26.12.10", "26.13.0", "27.0.0", "100.0.0"])("Node %s is not", (version) => {
  expect(checkOn(version)).toEqual({ status: 0, stdout: "started", stderr: "" });
});

test("the commands that start the service check it first", () => {
  for (const name of ["start", "dev"])
    expect(MANIFEST.scripts[name]).toMatch(/^node (?:--max-\S+ )*-r \.\/tools\/require-node\.cjs /);
});
