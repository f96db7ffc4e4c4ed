import { z } from "zod";
import type { DateTime } from "../../../domain/values.ts";

/** Id of an object; Protobuf has no other sign of a missing one than an empty text. */
export const id = z.string().min(1, "a text that is not empty");

/** Text; Protobuf does not distinguish an absent one from an empty one. */
export const text = z.string().transform((value) => (value === "" ? undefined : value));

/** 64-bit integer: an amount in minor units, or a number of a change. */
export const int64 = z.bigint();

/** Number of the last change of an object: never 0. */
export const sequence = int64.refine((value) => value > 0n, "a positive number");

/** Name of an enum's value, or the number of one that the contract does not have. */
export const enumName = z.string();

// Source: google/protobuf/timestamp.proto: years 1 to 9999
const MIN_SECONDS = -62_135_596_800n;
const MAX_SECONDS = 253_402_300_799n;
const NANOS_PER_MS = 1_000_000;

/** A time, cut to milliseconds. */
export const time = z
  .object({
    seconds: z
      .bigint()
      .refine((value) => value >= MIN_SECONDS && value <= MAX_SECONDS, "a time of the years 1 to 9999"),
    nanos: z.int().min(0).max(999_999_999),
  })
  .transform(({ seconds, nanos }): DateTime =>
    new Date(Number(seconds) * 1000 + Math.floor(nanos / NANOS_PER_MS)).toISOString(),
  );

/** `google.type.Money`: whole units and billionths, which must have the same sign. */
export const money = z
  .object({
    currency_code: id,
    units: int64,
    nanos: z.int().min(-999_999_999).max(999_999_999),
  })
  .refine(({ units, nanos }) => (units >= 0n || nanos <= 0) && (units <= 0n || nanos >= 0), {
    path: ["nanos"],
    error: "of the same sign as units",
  });
export type MoneyWire = z.infer<typeof money>;
