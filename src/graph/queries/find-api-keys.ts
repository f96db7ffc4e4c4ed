import type { Transaction } from "../../store/database.ts";
import type { ApiKeyRow } from "../../store/queries/operation-rows.ts";
import { columns } from "../../store/queries/select-list.ts";
import { type CountedList, countList } from "./count-list.ts";
import { listPage } from "./list-page.ts";
import type { ListCount, PageRequest } from "./page.ts";

/** Never the hash. */
const SELECT = `${columns("api_keys", [
  "id",
  "name",
  "preview",
  "scopes",
  "created_at",
  "created_by",
  "expires_at",
  "revoked_at",
  "revoked_by",
  "last_used_at",
])}, api_keys.created_at::text as "orderedAt"`;

const LIST: CountedList = {
  table: "api_keys",
  order: { column: "created_at", type: "timestamptz", isAscending: false },
  conditions: [],
  indexed: [],
};

/** Finds API keys by id, in no order; missing ones are left out. */
export function findApiKeys(tx: Transaction, ids: readonly string[]): Promise<ApiKeyRow[]> {
  return tx.query(`select ${SELECT} from api_keys where id = any($1)`, [ids]);
}

/** Reads a page of the API keys, the newest first. */
export function listApiKeys(tx: Transaction, page: PageRequest): Promise<ApiKeyRow[]> {
  return listPage(tx, { ...LIST, select: SELECT, page });
}

/** Counts the API keys. */
export function countApiKeys(tx: Transaction): Promise<ListCount> {
  return countList(tx, LIST);
}
