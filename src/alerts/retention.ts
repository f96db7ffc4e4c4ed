import { expiringRows } from "../store/retention.ts";

/** Messages that were delivered, have failed, or were not sent. */
export const alertRetention = expiringRows({
  table: "alerts",
  deleteFrom: "delete from alerts",
  key: { id: "text" },
  age: "finished_at",
});

/** Mutings that have ended. */
export const muteRetention = expiringRows({
  table: "alert_mutes",
  deleteFrom: "delete from alert_mutes",
  key: { id: "text" },
  age: "until",
});
