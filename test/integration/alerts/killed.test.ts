import { expect, test } from "@jest/globals";
import { runAlertProcess } from "../../helpers/alert-process.ts";
import { startAlertReceiver } from "../../helpers/alert-receiver.ts";
import { QUICK, useAlertWorld } from "../../helpers/alert-world.ts";
import { eventually } from "../../helpers/eventually.ts";

test.each([
  ["before the messages are stored", 1],
  ["before they are sent", 1],
  ["before the result is stored", 2], // nobody knows whether the receiver has it, so it gets it again
] as const)(
  "a process that is killed %s loses no message, which the receiver gets %i times under one id",
  async (killAt, times) => {
    await using world = await useAlertWorld();
    await using receiver = await startAlertReceiver();
    await world.endpoint(receiver.url);
    await world.open("kept");
    const key = Buffer.from(world.keyring.current?.bytes ?? []).toString("base64");
    expect(await runAlertProcess({ connection: world.store.connection, key, killAt })).toBe("SIGKILL");
    world.start({ times: { ...QUICK, leaseMs: 1_000 } });
    await eventually("the message to be recorded", async () => (await world.messages())[0]?.status === "DELIVERED");
    expect(receiver.calls.length).toBe(times);
    expect(new Set(receiver.calls.map(({ id }) => id)).size).toBe(1);
    expect(await world.messages()).toHaveLength(1);
  },
);
