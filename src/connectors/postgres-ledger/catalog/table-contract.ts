import type { ContractMessage } from "../../../connector-api/messages.ts";
import type { CatalogTable } from "./read-catalog.ts";

/** Returns the columns of a table with their types. @param name `schema.name` */
export function tableContract(name: string, { columns }: CatalogTable): ContractMessage {
  const fields = Object.fromEntries([...columns].map(([column, { type }]) => [column, type]));
  return { type: "contract", subject: name, fields };
}
