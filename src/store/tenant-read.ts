import { LRUCache } from "lru-cache";
import pg from "pg";

/**
 * Settings of one read, in the transaction that PostgreSQL opens for all messages up to the next Sync: they end with it.
 * Reads are planned each time, as their tables grow while a prepared statement exists.
 */
const SETTINGS = `select set_config('sluice.tenant', $1, true), set_config('transaction_read_only', 'on', true),
  set_config('plan_cache_mode', 'force_custom_plan', true)`;
const SETTINGS_NAME = "tenant_settings";

/** The same for a past moment, whose views then come before the tables: 0044-past-states.ts. */
const PAST_SETTINGS = `${SETTINGS}, set_config('sluice.as_of', $2, true), set_config('search_path', 'sluice_past,sluice', true)`;
const PAST_SETTINGS_NAME = "past_settings";

/** Statements that a connection keeps prepared: each takes some ten kilobytes of the server's memory. */
const MAX_PREPARED = 64;
/** Texts whose names are known: those of lists differ by their filters. */
const MAX_NAMES = 1_000;
/** The result of a prepared statement has changed its form: a migration has changed a column. */
const CHANGED_RESULT = "0A000";

/** Part of the connection of `pg` that its types leave out. */
interface Wire {
  readonly stream: { destroy(): void };
  readonly parsedStatements: Record<string, string>;
  bind(message: object): void;
  describe(message: object): void;
  execute(message: object): void;
  close(message: object): void;
  _send(bytes: Buffer): void;
}

interface PreparedStatements {
  /** Columns of the result by name; they are described by the server once. */
  readonly names: LRUCache<string, ResultColumns>;
  /** Names that the server is to forget with the next read. */
  readonly evicted: string[];
}

/** Message with the columns of a result; undefined until it has arrived. */
interface ResultColumns {
  description: object | undefined;
}

const prepared = new WeakMap<object, PreparedStatements>();
const names = new LRUCache<string, string>({ max: MAX_NAMES });
let lastName = 0;

/**
 * Returns the name under which connections keep a statement of this text. One that reads the past has another name, as
 * its tables are others.
 */
function nameOf(text: string, asOf: string | undefined): string {
  const key = asOf === undefined ? text : `past ${text}`;
  let name = names.get(key);
  if (name === undefined) names.set(key, (name = `read_${(lastName += 1)}`));
  return name;
}

/** A statement that reads as one tenant. */
export interface TenantStatement {
  readonly tenantId: string;
  readonly text: string;
  readonly values: readonly unknown[];
  /** Moment whose state is read, RFC 3339. Default: the present state. */
  readonly asOf?: string | undefined;
}

/**
 * Runs one statement as a tenant, read only: the settings and the statement in one message, which is a transaction of
 * its own. A transaction of several statements would show no more: each sees what is committed when it begins.
 * @param client in pipeline mode
 * @throws errors of `pg`
 */
export function readAsTenant<Row extends pg.QueryResultRow>(
  client: pg.PoolClient,
  statement: TenantStatement,
): Promise<Row[]> {
  const connection = client.connection as unknown as Wire; // its types leave out what this needs
  if (!prepared.has(connection)) prepareSettings(client, connection);
  return new Promise((resolve, reject) => {
    const read = new TenantRead(statement, (reason, result) => {
      if (reason) reject(reason);
      else resolve(result.rows as Row[]); // as the caller knows its statement
    });
    client.query(read as unknown as pg.Submittable); // it is a query of `pg`
  });
}

/** Sent before the first read of a connection, and not waited for: the reads after it fail if it does. */
function prepareSettings(client: pg.PoolClient, connection: Wire): void {
  const evicted: string[] = [];
  const dispose = (_value: ResultColumns, name: string): void => void evicted.push(name);
  prepared.set(connection, { names: new LRUCache({ max: MAX_PREPARED, dispose }), evicted });
  for (const settings of [
    { name: SETTINGS_NAME, text: SETTINGS, values: [""] },
    { name: PAST_SETTINGS_NAME, text: PAST_SETTINGS, values: ["", "infinity"] },
  ])
    client.query(settings).catch(() => connection.stream.destroy());
}

/** `pg.Query` as it is; its types leave out the handlers of messages. */
interface BaseQuery {
  submit(connection: Wire): Error | null;
  handleRowDescription(message: object): void;
  handleDataRow(message: object): void;
  handleCommandComplete(message: object, connection: Wire): void;
  handleError(reason: Error, connection: Wire): void;
}

type Callback = (reason: Error | null | undefined, result: { readonly rows: unknown[] }) => void;

const Query = pg.Query as unknown as new (config: object, callback: Callback) => BaseQuery; // see there

/** The base class sends the statement and reads its result; this one sends the settings before it. */
class TenantRead extends Query {
  readonly #settings: { readonly statement: string; readonly values: readonly string[] };
  readonly #name: string;
  /** True from the end of the settings: until then the messages are about them. */
  #isSet = false;
  #columns: ResultColumns = { description: undefined };
  #isDescribed = false;

  constructor({ tenantId, text, values, asOf }: TenantStatement, callback: Callback) {
    const name = nameOf(text, asOf);
    super({ name, text, values }, callback);
    this.#settings =
      asOf === undefined
        ? { statement: SETTINGS_NAME, values: [tenantId] }
        : { statement: PAST_SETTINGS_NAME, values: [tenantId, asOf] };
    this.#name = name;
  }

  override submit(connection: Wire): Error | null {
    const messages: Buffer[] = [];
    // One write for all of them: each would be a call of the system.
    const statements = prepared.get(connection);
    this.#columns = statements?.names.get(this.#name) ?? this.#columns;
    this.#isDescribed = this.#columns.description !== undefined;
    const collector = Object.create(connection, {
      _send: { value: (bytes: Buffer) => messages.push(bytes) },
      ...(this.#isDescribed && { describe: { value: () => undefined } }),
    }) as Wire;
    for (const name of statements?.evicted.splice(0) ?? []) {
      delete connection.parsedStatements[name];
      collector.close({ type: "S", name });
    }
    statements?.names.set(this.#name, this.#columns);
    collector.bind(this.#settings);
    collector.execute({});
    const refused = super.submit(collector);
    if (refused === null) connection._send(Buffer.concat(messages));
    return refused;
  }

  override handleRowDescription(message: object): void {
    this.#columns.description = message;
    super.handleRowDescription(message);
  }

  override handleDataRow(message: object): void {
    if (this.#isSet) super.handleDataRow(message);
  }

  override handleCommandComplete(message: object, connection: Wire): void {
    if (this.#isSet) return super.handleCommandComplete(message, connection);
    this.#isSet = true;
    if (this.#isDescribed && this.#columns.description !== undefined)
      super.handleRowDescription(this.#columns.description);
  }

  override handleError(reason: Error, connection: Wire): void {
    if ("code" in reason && reason.code === CHANGED_RESULT) names.clear(); // on every connection
    super.handleError(reason, connection);
  }
}
