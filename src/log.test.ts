import { expect, test } from "@jest/globals";
import { pino } from "pino";
import { inertLines } from "./log.ts";

test("F109: texts of upstreams forge no line of the log, and no character of them acts on a terminal", () => {
  const lines: string[] = [];
  const log = pino({}, inertLines({ write: (line) => void lines.push(line) }));
  const name = 'a\n{"level":50,"msg":"forged"}\r\u001b[2J\u009b1m\u202eb\u2028c';
  log.info({ name, err: new Error(name) }, name);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.slice(0, -1)).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: 30, name, msg: name, err: { message: name } });
});
