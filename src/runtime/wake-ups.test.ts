import { describe, expect, test } from "@jest/globals";
import { createWakeUps, WAKE_UP_TOPICS, type WakeUpTopic } from "./wake-ups.ts";

const TOPICS = Object.keys(WAKE_UP_TOPICS) as WakeUpTopic[]; // the keys of an object literal

describe("wake-ups", () => {
  test.each(TOPICS)("%s reaches the listeners of its topic and no others, with the source", (topic) => {
    const wakeUps = createWakeUps();
    const received: string[] = [];
    for (const each of TOPICS) wakeUps.on(each, (sourceId) => void received.push(`${each} ${sourceId}`));
    wakeUps[topic]("stripe-main");
    expect(received).toEqual([`${topic} stripe-main`]);
  });

  test("reach all listeners of a topic, in the order of registration", () => {
    const wakeUps = createWakeUps();
    const received: string[] = [];
    wakeUps.on("refetchNeeded", (sourceId) => void received.push(`first ${sourceId}`));
    wakeUps.on("refetchNeeded", (sourceId) => void received.push(`second ${sourceId}`));
    wakeUps.refetchNeeded("a");
    wakeUps.refetchNeeded("b");
    expect(received).toEqual(["first a", "second a", "first b", "second b"]);
  });

  test("are dropped where nobody listens, and are not repeated for a later listener", () => {
    const wakeUps = createWakeUps();
    const received: string[] = [];
    wakeUps.fileAccepted("bank");
    wakeUps.on("fileAccepted", (sourceId) => void received.push(sourceId));
    expect(received).toEqual([]);
  });

  test("no longer reach a listener that has ended, even if the same function is registered again", () => {
    const wakeUps = createWakeUps();
    const received: string[] = [];
    const listener = (sourceId: string) => void received.push(sourceId);
    const end = wakeUps.on("runRequested", listener);
    wakeUps.on("runRequested", listener);
    end();
    end();
    wakeUps.runRequested("a");
    expect(received).toEqual(["a"]);
  });

  test("may end a listener while it is notified", () => {
    const wakeUps = createWakeUps();
    const received: string[] = [];
    const end = wakeUps.on("sourceResumed", (sourceId) => {
      received.push(sourceId);
      end();
    });
    wakeUps.on("sourceResumed", (sourceId) => void received.push(`other ${sourceId}`));
    wakeUps.sourceResumed("a");
    wakeUps.sourceResumed("b");
    expect(received).toEqual(["a", "other a", "other b"]);
  });
});
