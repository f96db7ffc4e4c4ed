import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { bodyOf, type Message } from "./message-body.ts";
import { chatText } from "./chat-text.ts";

const MESSAGE: Message = {
  type: "FINDING_OPENED",
  severity: "CRITICAL",
  at: "2026-11-30T09:00:00.000Z",
  data: {
    findingId: "fnd_1",
    sourceId: "bank",
    kind: "STATEMENT_GAP",
    sentence: "One is missing",
    remedy: "Ask for it",
  },
  changes: 1,
};
const textOf = (message: Message, url?: string): string =>
  (JSON.parse(bodyOf("CHAT_TEXT", message, url)) as { text: string }).text;

test("each type of message is sentences in a chat service", () => {
  expect(textOf(MESSAGE, "https://sluice.example")).toBe(
    "CRITICAL: STATEMENT_GAP at the source bank.\nOne is missing.\nWhat to do: Ask for it.\nhttps://sluice.example/#/findings/fnd_1",
  );
  expect(textOf({ ...MESSAGE, type: "FINDING_CLOSED" }, "https://sluice.example")).toBe(
    "Resolved: STATEMENT_GAP at the source bank.\nOne is missing.\nhttps://sluice.example/#/findings/fnd_1?state=closed",
  );
  const health = { sourceId: "bank", state: "OUT_OF_STEP", previous: "IN_STEP", sentence: "It is paused" };
  expect(textOf({ ...MESSAGE, type: "SOURCE_HEALTH_CHANGED", data: health, changes: 3 })).toBe(
    "CRITICAL: the source bank is out of step; it was in step. Its state has changed 3 times.\nIt is paused.",
  );
  const recovered = { sourceId: "bank", state: "IN_STEP", previous: "OUT_OF_STEP" };
  expect(textOf({ ...MESSAGE, type: "SOURCE_HEALTH_CHANGED", data: recovered })).toBe(
    "Resolved: the source bank is in step; it was out of step.",
  );
  expect(textOf({ ...MESSAGE, type: "FINDINGS_OMITTED", data: {}, changes: 7 })).toContain("7 further findings were");
  expect(textOf({ ...MESSAGE, type: "TEST", data: { endpointName: "on call" } })).toContain("Nothing is wrong.");
});

test("text of an upstream makes no link, mention or line of its own, whatever it is (F109)", () => {
  const parts = fc.constantFrom(
    "@",
    "here",
    "<!channel>",
    "https://",
    "evil.example",
    "[x](",
    ")",
    "\n",
    "\u202e",
    "a",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (some) => {
      const text = chatText(some.join(""));
      expect(text).not.toMatch(/[<>\n\u202e]|@\w|:\/\/|\w\.\w|\]\(/);
    }),
  );
});

test("a text is cut", () => {
  expect(chatText("a".repeat(2_000)).length).toBe(1_000);
});
