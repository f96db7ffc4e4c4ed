/** Address of the database, as `pg` accepts it: a URL, or the embedded server's socket folder. */
export type ConnectionSettings =
  | { readonly connectionString: string }
  | { readonly host: string; readonly port: number; readonly user: string; readonly database: string };
