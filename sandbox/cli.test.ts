import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

test("a name that is not in the registry is refused, also when it is a path or a property of every object", async () => {
  for (const name of ["nothing", "../sandbox/stripe", "constructor"]) {
    const child = spawn(process.execPath, [join(import.meta.dirname, "cli.ts"), name], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const exited = once(child, "exit");
    let output = "";
    for await (const chunk of child.stderr) output += String(chunk);
    await exited;
    expect(child.exitCode).toBe(1);
    expect(output).toContain(`there is no sandbox "${name}"`);
  }
});
