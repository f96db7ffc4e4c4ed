import { operationById } from "./by-id.ts";

/** Deliveries by global id; undefined where there is none. */
export const deliveryById = operationById("Delivery");
