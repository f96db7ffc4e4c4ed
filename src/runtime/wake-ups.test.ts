import { describe, expect, test } from "@jest/globals";
import { createWakeUps, WAKE_UP_TOPICS, type WakeUpTopic, type WokenSource } from "./wake-ups.ts";

const TOPICS = Object.keys(WAKE_UP_TOPICS) as WakeUpTopic[]; // the keys of an object literal

const source = (id: string): WokenSource => ({ id, tenantId: "acme" });

describe("wake-ups", () => {
  test.each(TOPICS)("%s reaches the listeners of its topic and no others, with the source", (topic) => {
    const wakeUps = createWakeUps();
    const received: string[] = [];
    for (const each of TOPICS) wakeUps.on(each, ({ id }) => void received.push(`${each} ${id}`));
    wakeUps[topic](source("stripe-main"));
    expect(received).toEqual([`${topic} stripe-main`]);
  });

  test("reach all listeners of a topic, in the order of registration", () => {
    const wakeUps = createWakeUps();
    const received: string[] = [];
    wakeUps.on("refetchNeeded", ({ id }) => void received.push(`first ${id}`));
    wakeUps.on("refetchNeeded", ({ id }) => void received.push(`second ${id}`));
    wakeUps.refetchNeeded(source("a"));
    wakeUps.refetchNeeded(source("b"));
    expect(received).toEqual(["first a", "second a", "first b", "second b"]);
  });

  test("are dropped where nobody listens, and are not repeated for a later listener", () => {
    const wakeUps = createWakeUps();
    const received: string[] = [];
    wakeUps.fileAccepted(source("bank"));
    wakeUps.on("fileAccepted", ({ id }: WokenSource) => void received.push(id));
    expect(received).toEqual([]);
  });

  test("no longer reach a listener that has ended, even if the same function is registered again", () => {
    const wakeUps = createWakeUps();
    const received: string[] = [];
    const listener = ({ id }: WokenSource) => void received.push(id);
    const end = wakeUps.on("runRequested", listener);
    wakeUps.on("runRequested", listener);
    end();
    end();
    wakeUps.runRequested(source("a"));
    expect(received).toEqual(["a"]);
  });

  test("may end a listener while it is notified", () => {
    const wakeUps = createWakeUps();
    const received: string[] = [];
    const end = wakeUps.on("sourceResumed", ({ id }) => {
      received.push(id);
      end();
    });
    wakeUps.on("sourceResumed", ({ id }) => void received.push(`other ${id}`));
    wakeUps.sourceResumed(source("a"));
    wakeUps.sourceResumed(source("b"));
    expect(received).toEqual(["a", "other a", "other b"]);
  });
});
