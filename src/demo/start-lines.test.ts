import { expect, test } from "@jest/globals";
import { createStartLines } from "./start-lines.ts";

function lines(isTTY: boolean) {
  let text = "";
  let nowMs = 40;
  const displayed = createStartLines({ isTTY, write: (more) => (text += more) }, () => nowMs);
  displayed.greet("1.2.3");
  nowMs = 1_240;
  displayed.starting("PostgreSQL");
  nowMs = 2_000;
  displayed.started("PostgreSQL started");
  displayed.starting("connection pools");
  displayed.started(undefined);
  return text;
}

test("each step has a line with the time since the start; steps without a description have none", () => {
  expect(lines(false)).toBe("   0.0 s  Sluice 1.2.3 starts the demo\n   2.0 s  PostgreSQL started\n");
});

test("a terminal shows the step that goes on, and erases it", () => {
  expect(lines(true).split("\r\u001b[2K")).toEqual([
    "   0.0 s  Sluice 1.2.3 starts the demo\n",
    "   1.2 s  PostgreSQL …",
    "   2.0 s  PostgreSQL started\n",
    "   2.0 s  connection pools …",
    "",
  ]);
});
