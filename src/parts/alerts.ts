import { Counter } from "prom-client";
import { type Alerts, createAlerts } from "../alerts/alerts.ts";
import type { Metrics } from "../metrics.ts";
import type { Part } from "../runtime/parts.ts";
import type { Keyring } from "../sources/secrets/keyring.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly keyring: Keyring;
  readonly metrics: Metrics;
}

/** Sends findings and changes of health to the endpoints that people configure. Idle until the service listens. */
export const part: Part<Needs, { readonly alerts: Alerts }> = {
  name: "alerts",
  start({ config, dbFor, keyring, metrics, log }) {
    const attempts = new Counter({
      name: "sluice_alert_attempts_total",
      help: "Attempts to send an alert, by whether the receiver accepted it.",
      labelNames: ["outcome"],
      registers: [metrics.registry],
    });
    for (const outcome of ["accepted", "failed"]) attempts.inc({ outcome }, 0);
    return {
      alerts: createAlerts({
        db: dbFor("alerts"),
        keyring,
        networks: config.alertNetworks,
        dashboardUrl: config.publicUrl,
        random: Math.random,
        log,
        onAttempt: (isAccepted) => attempts.inc({ outcome: isAccepted ? "accepted" : "failed" }),
      }),
    };
  },
  close: ({ alerts }) => alerts.close(PART_DRAIN_MS),
};
