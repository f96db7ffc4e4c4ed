import { expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import {
  ALERT,
  ALERT_ENDPOINT,
  CONNECTION,
  DELIVERY,
  EVIDENCE_PACK,
  FEED,
  FILE,
  type Lifecycle,
  QUARANTINE,
  RUN,
  SOURCE,
  statesOf,
  STREAM,
} from "../../src/domain/lifecycles.ts";

/** Section of docs/lifecycles.md with the drawing of each lifecycle. */
const SECTIONS: Readonly<Record<string, Lifecycle<string, string>>> = {
  Source: SOURCE,
  "Connected source": CONNECTION,
  "Sync run": RUN,
  "Stream of a run": STREAM,
  "Change feed": FEED,
  Delivery: DELIVERY,
  Alert: ALERT,
  "Alert endpoint": ALERT_ENDPOINT,
  File: FILE,
  "Quarantined record": QUARANTINE,
  "Evidence pack": EVIDENCE_PACK,
};

const document = readFileSync("docs/lifecycles.md", "utf8");

/** Arrows of the drawing in a section, as `A --> B`. */
function drawnIn(section: string): readonly string[] {
  const start = document.indexOf(`\n## ${section}\n`);
  const drawing = /```mermaid\n(.*?)```/s.exec(document.slice(start))?.[1] ?? "";
  return [...drawing.matchAll(/^\s*(\S+) --> (\w+|\[\*\])/gm)].map(([, from, to]) => `${from} --> ${to}`);
}

function arrowsOf(lifecycle: Lifecycle<string, string>): readonly string[] {
  const effects = statesOf(lifecycle).flatMap((state) =>
    Object.values(lifecycle.next[state] ?? {}).flatMap((target) =>
      typeof target === "string" ? [`${state} --> ${target}`] : [],
    ),
  );
  const begins = lifecycle.initial.map((state) => `[*] --> ${state}`);
  const ends = lifecycle.terminal.map((state) => `${state} --> [*]`);
  return [...new Set([...begins, ...effects, ...ends])];
}

test.each(Object.entries(SECTIONS))("the drawing of %s has exactly the arrows of its table", (section, lifecycle) => {
  expect([...new Set(drawnIn(section))].toSorted()).toEqual(arrowsOf(lifecycle).toSorted());
});
