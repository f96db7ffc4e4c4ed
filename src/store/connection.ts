/** Where the database is, as `pg` takes it: a URL, or the embedded server's socket folder. */
export type ConnectionSettings =
  | { readonly connectionString: string }
  | { readonly host: string; readonly port: number; readonly user: string; readonly database: string };
