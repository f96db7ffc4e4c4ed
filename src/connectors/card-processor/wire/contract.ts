import { readFileSync } from "node:fs";
import { parseContract } from "../../../protocols/protobuf/contract.ts";
import type { MessageType } from "../../../protocols/protobuf/message.ts";

/** The processor's contract; `contract/card_processor.proto` is its text. */
export const contract = parseContract(readFileSync(new URL("../contract/card_processor.binpb", import.meta.url)));

const PACKAGE = "cardprocessor.v1";

/** The contract's only service. */
export const SERVICE = `${PACKAGE}.CardProcessor`;

/** Path of a method: `cardprocessor.v1.CardProcessor/ListPayments`. */
export const pathOf = (method: string): string => `${SERVICE}/${method}`;

export const messageNamed = (name: string): MessageType => contract.message(`${PACKAGE}.${name}`);
