import type { Environment } from "./environment.ts";

/** Setting of each retention period. */
export const RETENTION_SETTINGS = {
  deliveries: "DELIVERY_RETENTION_DAYS",
  events: "EVENT_RETENTION_DAYS",
  runs: "RUN_RETENTION_DAYS",
  payloads: "PAYLOAD_RETENTION_DAYS",
  files: "FILE_RETENTION_DAYS",
  quarantine: "QUARANTINE_RETENTION_DAYS",
  findings: "FINDING_RETENTION_DAYS",
  history: "HISTORY_RETENTION_DAYS",
  alerts: "ALERT_RETENTION_DAYS",
  audit: "AUDIT_RETENTION_DAYS",
  evidence: "EVIDENCE_RETENTION_DAYS",
} as const;

/** Number of days for which old rows of each kind are kept. */
export type RetentionDays = Readonly<Record<keyof typeof RETENTION_SETTINGS, number>>;

const DEFAULTS: RetentionDays = {
  deliveries: 90,
  events: 30,
  runs: 30,
  payloads: 30,
  files: 365,
  quarantine: 90,
  findings: 365,
  history: 365,
  alerts: 90,
  audit: 3_650,
  evidence: 30,
};

/** The demo's systems change all the time and are read every few seconds: 17,000 runs a day. */
const DEMO: RetentionDays = { ...DEFAULTS, deliveries: 7, events: 3, runs: 1, payloads: 1, history: 7, alerts: 7 };

/** Returns the retention periods: those that are set, and the defaults of all others. */
export function retentionDaysOf(settings: Environment, isDemo: boolean): RetentionDays {
  const defaults = isDemo ? DEMO : DEFAULTS;
  const of = (kind: keyof RetentionDays): number => settings[RETENTION_SETTINGS[kind]] ?? defaults[kind];
  return {
    deliveries: of("deliveries"),
    events: of("events"),
    runs: of("runs"),
    payloads: of("payloads"),
    files: of("files"),
    quarantine: of("quarantine"),
    findings: of("findings"),
    history: of("history"),
    alerts: of("alerts"),
    audit: of("audit"),
    evidence: of("evidence"),
  };
}
