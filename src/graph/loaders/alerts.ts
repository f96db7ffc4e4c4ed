import {
  type AlertEndpointRow,
  type AlertMuteRow,
  findAlertEndpoints,
  findAlerts,
  listAlertEndpoints,
  listAlertMutes,
} from "../queries/find-alerts.ts";
import { rowById } from "./by-id.ts";
import { type LoaderSpec, reading } from "./define-loader.ts";

/** Loads all endpoints of alerts. */
export const alertEndpoints: LoaderSpec<"all", readonly AlertEndpointRow[]> = {
  key: (name) => name,
  maxBatch: 1,
  load: reading(async (tx) => [await listAlertEndpoints(tx)]),
};

/** Loads an endpoint of alerts; undefined if there is none. */
export const alertEndpointById = rowById(findAlertEndpoints);

/** Loads an alert; undefined if there is none. */
export const alertById = rowById(findAlerts);

/** Loads the mutings that have not ended. */
export const alertMutes: LoaderSpec<"all", readonly AlertMuteRow[]> = {
  key: (name) => name,
  maxBatch: 1,
  load: reading(async (tx) => [await listAlertMutes(tx)]),
};
